/*
title: TLS
description: Over which TLS versions and ciphers the requests came.
order: 520
group: Security
applies_to: [cdn, load-balancer, web]
requires: [tls_version]
charts:
  - { kind: bars, title: Requests by TLS version, x: tls_version, y: [requests] }
columns:
  tls_version: { type: varchar, title: TLS version }
  tls_cipher: { type: varchar, title: Cipher }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  user_agent: { type: varchar, title: A user agent }
  last_seen: { type: timestamp, title: Last seen }
note: Versions below TLSv1.2 are out of date. Of several user agents the first in text order is shown.
*/
SELECT
  tls_version,
  tls_cipher,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  min(user_agent) AS user_agent,
  max(time) AS last_seen
FROM requests
WHERE tls_version IS NOT NULL
GROUP BY 1, 2
ORDER BY 3 DESC, 1, 2 NULLS LAST
LIMIT 100
