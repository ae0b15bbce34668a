/*
title: Slowest requests
description: Which single requests took longest.
order: 314
group: Latency
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
drill_down: endpoint
columns:
  time: { type: timestamp, title: Time }
  duration_ms: { type: double, title: Time taken, unit: ms }
  server_ms: { type: double, title: Time in the server, unit: ms }
  status: { type: integer, title: Status }
  method: { type: varchar, title: Method }
  endpoint: { type: varchar, title: Endpoint }
  query: { type: varchar, title: Query }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  cache_status: { type: varchar, title: Cache status }
  client_ip: { type: varchar, title: Client }
note: The 100 longest above the configured limit (slow_ms).
*/
SELECT
  time,
  duration_ms,
  server_ms,
  status,
  method,
  endpoint,
  query,
  bytes_sent,
  cache_status,
  client_ip
FROM requests
WHERE duration_ms > {{slow_ms}}
ORDER BY duration_ms DESC, time NULLS LAST, endpoint NULLS LAST, query NULLS LAST, client_ip NULLS LAST, status NULLS LAST,
  method NULLS LAST, bytes_sent NULLS LAST, cache_status NULLS LAST, server_ms NULLS LAST
LIMIT 100
