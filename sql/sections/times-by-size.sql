/*
title: Times by size and cache
description: Whether large answers or cache misses take the most time.
note: Sizes are the bytes sent per answer.
group: Latency
order: 70
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
charts:
  - { kind: percentiles, title: Response times, x: [size, cache_result], y: [median_ms, p95_ms] }
drill_down: endpoint
*/
WITH classed AS (
  SELECT
    CASE
      WHEN bytes_sent < 10000 THEN 1
      WHEN bytes_sent < 100000 THEN 2
      WHEN bytes_sent < 1000000 THEN 3
      WHEN bytes_sent >= 1000000 THEN 4
    END AS size_class,
    cache_result,
    duration_ms,
    is_slow
  FROM requests
  WHERE duration_ms IS NOT NULL
),
times AS (
  SELECT
    size_class,
    cache_result,
    {{requests}} AS requests,
    {{slow_requests}} AS slow_requests,
    {{mean_ms}} AS mean_ms,
    {{percentiles_ms}} AS percentiles
  FROM classed
  GROUP BY 1, 2
)
SELECT
  CASE size_class
    WHEN 1 THEN 'below 10 kB'
    WHEN 2 THEN '10 to 100 kB'
    WHEN 3 THEN '100 kB to 1 MB'
    WHEN 4 THEN '1 MB and more'
    ELSE 'unknown'
  END AS size,
  cache_result,
  requests,
  slow_requests,
  mean_ms,
  percentiles[1] AS median_ms,
  percentiles[2] AS p95_ms
FROM times
ORDER BY size_class NULLS LAST, cache_result NULLS LAST
