/*
title: Failed requests
description: Which requests failed last with a server error (5xx).
note: The 100 latest requests.
group: Errors
order: 100
applies_to: [cdn, load-balancer, web]
requires: [status]
drill_down: endpoint
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
WHERE is_server_error
ORDER BY time DESC NULLS LAST, request_id NULLS LAST, endpoint NULLS LAST, query NULLS LAST, client_ip NULLS LAST, status,
  method NULLS LAST, duration_ms NULLS LAST, cache_status NULLS LAST
LIMIT 100
