/*
title: Times by size and cache
description: Whether large answers or cache misses are what takes the time.
order: 318
group: Latency
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
charts:
  - { kind: percentiles, title: Response times, x: [size, cache_result], y: [median_ms, p95_ms] }
drill_down: endpoint
columns:
  size: { type: varchar, title: Size }
  cache_result: { type: varchar, title: Cache }
  requests: { type: bigint, title: Requests, unit: count }
  slow_requests: { type: bigint, title: Slow requests, unit: count }
  mean_ms: { type: double, title: Mean time, unit: ms }
  median_ms: { type: double, title: Median time, unit: ms, approximate: true }
  p95_ms: { type: double, title: 95th percentile, unit: ms, approximate: true }
note: >-
  Sizes are those of the answers sent. Percentiles are exact on DuckDB; Athena estimates them by t-digest, within about
  5 % of the ranks and 5 % of the value.
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
    duration_ms
  FROM requests
  WHERE duration_ms IS NOT NULL
),
times AS (
  SELECT
    size_class,
    cache_result,
    count(*) AS requests,
    count(*) FILTER (WHERE duration_ms > {{slow_ms}}) AS slow_requests,
    CAST(sum(CAST(duration_ms AS decimal(38, 3))) AS double) / count(duration_ms) AS mean_ms,
    approx_percentile(duration_ms, ARRAY[5E-1, 9.5E-1]) AS percentiles
  FROM classed
  GROUP BY 1, 2
)
SELECT
  CASE size_class
    WHEN 1 THEN 'below 10 kB'
    WHEN 2 THEN '10 to 100 kB'
    WHEN 3 THEN '100 kB to 1 MB'
    WHEN 4 THEN '1 MB and more'
    ELSE 'not told'
  END AS size,
  cache_result,
  requests,
  slow_requests,
  mean_ms,
  percentiles[1] AS median_ms,
  percentiles[2] AS p95_ms
FROM times
ORDER BY size_class NULLS LAST, cache_result NULLS LAST
