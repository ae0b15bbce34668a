/*
title: Slow hours
description: When answers were slow, how suddenly, and whether more requests, cache misses, large answers or errors went with it.
order: 316
group: Latency
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
drill_down: endpoint
columns:
  hour: { type: timestamp, title: Hour }
  requests: { type: bigint, title: Requests, unit: count }
  slow_requests: { type: bigint, title: Slow requests, unit: count }
  p95_ms: { type: double, title: 95th percentile, unit: ms, approximate: true }
  p95_change_percent: { type: double, title: Change of the percentile, unit: percent, approximate: true }
  requests_change_percent: { type: double, title: Change of requests, unit: percent }
  miss_percent: { type: double, title: Misses, unit: percent }
  mean_bytes: { type: double, title: Mean size, unit: bytes }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
note: >-
  The 200 hours with the most requests above the configured limit (slow_ms), in UTC. Changes are those against the hour
  just before, and unknown if that hour has no timed request. Percentiles are exact on DuckDB; Athena estimates them by t-digest, within about 5 % of the ranks and
  5 % of the value, and their changes follow from the estimates.
*/
WITH hours AS (
  SELECT
    date_trunc('hour', time) AS hour,
    count(*) AS requests,
    count(*) FILTER (WHERE duration_ms > {{slow_ms}}) AS slow_requests,
    approx_percentile(duration_ms, 9.5E-1) AS p95_ms,
    1E2 * count(*) FILTER (WHERE cache_result = 'miss') / nullif(count(cache_result), 0) AS miss_percent,
    CAST(sum(bytes_sent) AS double) / nullif(count(bytes_sent), 0) AS mean_bytes,
    count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS errors_5xx
  FROM requests
  WHERE duration_ms IS NOT NULL AND time IS NOT NULL
  GROUP BY 1
),
compared AS (
  SELECT
    *,
    lag(hour) OVER (ORDER BY hour) AS hour_before,
    lag(requests) OVER (ORDER BY hour) AS requests_before,
    lag(p95_ms) OVER (ORDER BY hour) AS p95_ms_before
  FROM hours
)
SELECT
  hour,
  requests,
  slow_requests,
  p95_ms,
  CASE
    WHEN hour_before = date_add('hour', -1, hour) THEN 1E2 * (p95_ms - p95_ms_before) / nullif(p95_ms_before, 0E0)
  END AS p95_change_percent,
  CASE
    WHEN hour_before = date_add('hour', -1, hour) THEN 1E2 * (requests - requests_before) / requests_before
  END AS requests_change_percent,
  miss_percent,
  mean_bytes,
  errors_5xx
FROM compared
WHERE slow_requests > 0
ORDER BY slow_requests DESC, hour
LIMIT 200
