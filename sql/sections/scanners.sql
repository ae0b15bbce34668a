/*
title: Scanners
description: Which clients request many endpoints that do not exist, like programs that search for vulnerabilities.
note: >-
  Clients that requested at least 10 different endpoints that do not exist (400, 404, 405), with at least half of their
  requests; the 100 with the most such endpoints.
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
