/*
title: Scanners
description: Which clients ask for many things that do not exist, as programs do that look for weak spots.
note: >-
  Clients that met 10 or more different endpoints that are not there (400, 404, 405), and of whose requests at least
  half were such; the 100 with the most.
group: Security
order: 40
applies_to: [cdn, load-balancer, web]
requires: [status, client_ip]
charts:
  - { kind: bars, title: Requests for what does not exist, x: client_ip, y: [missing] }
columns:
  user_agent: { title: Example user agent }
*/
WITH judged AS (
  SELECT
    *,
    status IN (400, 404, 405) AS is_missing
  FROM requests
  WHERE client_ip IS NOT NULL
)
SELECT
  client_ip,
  {{requests}} AS requests,
  {{requests where is_missing}} AS missing,
  {{endpoints where is_missing}} AS missing_endpoints,
  min(user_agent) AS user_agent,
  {{first_seen}} AS first_seen,
  {{last_seen}} AS last_seen
FROM judged
GROUP BY 1
HAVING {{endpoints where is_missing}} >= 10
  AND 2 * {{requests where is_missing}} >= {{requests}}
ORDER BY 4 DESC, 1
LIMIT 100
