/*
title: Slow endpoints
description: Which endpoints take longer than the limit, how often, and with how many misses, bytes and server errors.
note: >-
  The 100 endpoints with the most requests above the configured limit (slow_ms). Misses, mean size and server errors are
  those of the slow requests.
group: Latency
order: 40
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
charts:
  - { kind: bars, title: Slow requests, x: endpoint, y: [slow_requests] }
mail:
  table: { labels: [endpoint], figures: [slow_requests, p95_ms] }
*/
SELECT
  endpoint,
  {{requests}} AS requests,
  {{slow_requests}} AS slow_requests,
  1E2 * {{slow_requests}} / {{requests}} AS slow_percent,
  {{p95_ms}} AS p95_ms,
  {{max_ms}} AS max_ms,
  {{misses where is_slow}} AS misses,
  {{mean_bytes where is_slow}} AS mean_bytes,
  {{errors_5xx where is_slow}} AS errors_5xx
FROM requests
WHERE duration_ms IS NOT NULL AND endpoint IS NOT NULL
GROUP BY 1
HAVING {{slow_requests}} > 0
ORDER BY 3 DESC, 6 DESC, 1
LIMIT 100
