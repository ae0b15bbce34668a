/* All client addresses, to look up their owners. */
SELECT DISTINCT client_ip AS value FROM records WHERE client_ip IS NOT NULL
