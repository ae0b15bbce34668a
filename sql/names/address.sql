/* Every address that was asked from, to be looked up among the configured names. */
SELECT DISTINCT client_ip AS value FROM requests WHERE client_ip IS NOT NULL
