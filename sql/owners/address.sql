/* Every client address, to look up its owner. */
SELECT DISTINCT client_ip AS value FROM records WHERE client_ip IS NOT NULL
