/*
title: TLS
description: Which TLS versions and ciphers the requests used.
note: Versions below TLSv1.2 are out of date. Of several user agents the first in text order is shown.
group: Security
order: 50
applies_to: [cdn, load-balancer, web]
requires: [tls_version]
charts:
  - { kind: bars, title: Requests by TLS version, x: tls_version, y: [requests] }
columns:
  user_agent: { title: Example user agent }
*/
SELECT
  tls_version,
  tls_cipher,
  {{requests}} AS requests,
  {{clients}} AS clients,
  min(user_agent) AS user_agent,
  {{last_seen}} AS last_seen
FROM requests
WHERE tls_version IS NOT NULL
GROUP BY 1, 2
ORDER BY 3 DESC, 1, 2 NULLS LAST
LIMIT 100
