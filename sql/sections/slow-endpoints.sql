/*
title: Slow endpoints
description: Which endpoints take longer than the limit, how often, and what goes with it.
order: 312
group: Latency
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
charts:
  - { kind: bars, title: Slow requests, x: endpoint, y: [slow_requests] }
mail:
  table: { labels: [endpoint], figures: [slow_requests, p95_ms] }
columns:
  endpoint: { type: varchar, title: Endpoint }
  requests: { type: bigint, title: Requests, unit: count }
  slow_requests: { type: bigint, title: Slow requests, unit: count }
  slow_percent: { type: double, title: Slow, unit: percent }
  p95_ms: { type: double, title: 95th percentile, unit: ms, approximate: true }
  max_ms: { type: double, title: Longest, unit: ms }
  misses: { type: bigint, title: Misses, unit: count }
  mean_bytes: { type: double, title: Mean size, unit: bytes }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
note: >-
  The 100 with the most requests above the configured limit (slow_ms). Misses, mean size and server errors are those of
  the slow requests. Percentiles are exact on DuckDB; Athena estimates them by t-digest, within about 5 % of the ranks and
  5 % of the value.
*/
SELECT
  endpoint,
  count(*) AS requests,
  count(*) FILTER (WHERE duration_ms > {{slow_ms}}) AS slow_requests,
  1E2 * count(*) FILTER (WHERE duration_ms > {{slow_ms}}) / count(*) AS slow_percent,
  approx_percentile(duration_ms, 9.5E-1) AS p95_ms,
  max(duration_ms) AS max_ms,
  count(*) FILTER (WHERE duration_ms > {{slow_ms}} AND cache_result = 'miss') AS misses,
  CAST(sum(bytes_sent) FILTER (WHERE duration_ms > {{slow_ms}}) AS double)
    / nullif(count(bytes_sent) FILTER (WHERE duration_ms > {{slow_ms}}), 0) AS mean_bytes,
  count(*) FILTER (WHERE duration_ms > {{slow_ms}} AND status BETWEEN 500 AND 599) AS errors_5xx
FROM requests
WHERE duration_ms IS NOT NULL AND endpoint IS NOT NULL
GROUP BY 1
HAVING max(duration_ms) > {{slow_ms}}
ORDER BY 3 DESC, 6 DESC, 1
LIMIT 100
