/*
title: Slowest requests
description: Which requests took longest.
note: The 100 longest requests above the configured limit (slow_ms).
group: Latency
order: 50
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
drill_down: endpoint
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
WHERE is_slow
ORDER BY duration_ms DESC, time NULLS LAST, endpoint NULLS LAST, query NULLS LAST, client_ip NULLS LAST, status NULLS LAST,
  method NULLS LAST, bytes_sent NULLS LAST, cache_status NULLS LAST, server_ms NULLS LAST
LIMIT 100
