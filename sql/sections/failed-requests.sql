/*
title: Failed requests
description: Which requests the servers failed (5xx) last.
order: 232
group: Errors
applies_to: [cdn, load-balancer, web]
drill_down: endpoint
columns:
  time: { type: timestamp, title: Time }
  status: { type: integer, title: Status }
  method: { type: varchar, title: Method }
  endpoint: { type: varchar, title: Endpoint }
  query: { type: varchar, title: Query }
  client_ip: { type: varchar, title: Client }
  duration_ms: { type: double, title: Time taken, unit: ms }
  cache_status: { type: varchar, title: Cache status }
  request_id: { type: varchar, title: Request ID }
note: The 100 latest.
*/
SELECT
  time,
  status,
  method,
  endpoint,
  query,
  client_ip,
  duration_ms,
  cache_status,
  request_id
FROM requests
WHERE status BETWEEN 500 AND 599
ORDER BY time DESC NULLS LAST, request_id NULLS LAST, endpoint NULLS LAST, query NULLS LAST, client_ip NULLS LAST, status,
  method NULLS LAST, duration_ms NULLS LAST, cache_status NULLS LAST
LIMIT 100
