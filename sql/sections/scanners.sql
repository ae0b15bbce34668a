/*
title: Scanners
description: Which clients ask for many things that do not exist, as programs do that look for weak spots.
order: 516
group: Security
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests for what does not exist, x: client_ip, y: [missing] }
columns:
  client_ip: { type: varchar, title: Client }
  requests: { type: bigint, title: Requests, unit: count }
  missing: { type: bigint, title: Not found, unit: count }
  missing_endpoints: { type: bigint, title: Endpoints not found, unit: count }
  user_agent: { type: varchar, title: A user agent }
  first_seen: { type: timestamp, title: First seen }
  last_seen: { type: timestamp, title: Last seen }
note: >-
  Clients that met 10 or more different endpoints that are not there (400, 404, 405), and of whose requests at least
  half were such; the 100 with the most.
*/
SELECT
  client_ip,
  count(*) AS requests,
  count(*) FILTER (WHERE status IN (400, 404, 405)) AS missing,
  count(DISTINCT CASE WHEN status IN (400, 404, 405) THEN endpoint END) AS missing_endpoints,
  min(user_agent) AS user_agent,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM requests
WHERE client_ip IS NOT NULL
GROUP BY 1
HAVING count(DISTINCT CASE WHEN status IN (400, 404, 405) THEN endpoint END) >= 10
  AND count(*) FILTER (WHERE status IN (400, 404, 405)) * 2 >= count(*)
ORDER BY 4 DESC, 1
LIMIT 100
