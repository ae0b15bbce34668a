/*
title: Times by endpoint
description: How long each endpoint takes, and which take the most time in all.
order: 310
group: Latency
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
charts:
  - { kind: percentiles, title: Response times, x: endpoint, y: [median_ms, p95_ms, p99_ms] }
columns:
  endpoint: { type: varchar, title: Endpoint }
  requests: { type: bigint, title: Requests, unit: count }
  mean_ms: { type: double, title: Mean time, unit: ms }
  median_ms: { type: double, title: Median time, unit: ms, approximate: true }
  p95_ms: { type: double, title: 95th percentile, unit: ms, approximate: true }
  p99_ms: { type: double, title: 99th percentile, unit: ms, approximate: true }
  max_ms: { type: double, title: Longest, unit: ms }
  total_ms: { type: double, title: Time in all, unit: ms }
note: >-
  The 100 with the most time in all. Percentiles are exact on DuckDB; Athena estimates them by t-digest, within about 2
  % of the ranks and 5 % of the value.
*/
WITH times AS (
  SELECT
    endpoint,
    count(*) AS requests,
    CAST(sum(CAST(duration_ms AS decimal(38, 3))) AS double) AS total_ms,
    approx_percentile(duration_ms, ARRAY[5E-1, 9.5E-1, 9.9E-1]) AS percentiles,
    max(duration_ms) AS max_ms
  FROM requests
  WHERE duration_ms IS NOT NULL AND endpoint IS NOT NULL
  GROUP BY 1
)
SELECT
  endpoint,
  requests,
  total_ms / requests AS mean_ms,
  percentiles[1] AS median_ms,
  percentiles[2] AS p95_ms,
  percentiles[3] AS p99_ms,
  max_ms,
  total_ms
FROM times
ORDER BY total_ms DESC, requests DESC, endpoint
LIMIT 100
