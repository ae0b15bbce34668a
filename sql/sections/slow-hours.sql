/*
title: Slow hours
description: When answers were slow, and whether more requests, cache misses, large answers or errors came at the same time.
note: >-
  The 200 hours with the most requests above the configured limit (slow_ms), in UTC. Changes are relative to the hour
  before, and unknown if no request of that hour has a response time. On Athena the change of the percentile is computed
  from estimates.
group: Latency
order: 60
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
drill_down: endpoint
*/
WITH hours AS (
  SELECT
    date_trunc('hour', time) AS hour,
    {{requests}} AS requests,
    {{slow_requests}} AS slow_requests,
    {{p95_ms}} AS p95_ms,
    1E2 * {{misses}} / nullif(count(cache_result), 0) AS miss_percent,
    {{mean_bytes}} AS mean_bytes,
    {{errors_5xx}} AS errors_5xx
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
