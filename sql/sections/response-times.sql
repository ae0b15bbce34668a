/*
title: Response times
description: How long the answers took, all of them and by class of status.
order: 305
group: Latency
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
charts:
  - { kind: percentiles, title: Response times, x: status_class, y: [median_ms, p95_ms, p99_ms] }
drill_down: endpoint
columns:
  status_class: { type: varchar, title: Status class }
  requests: { type: bigint, title: Requests, unit: count }
  mean_ms: { type: double, title: Mean time, unit: ms }
  median_ms: { type: double, title: Median time, unit: ms, approximate: true }
  p95_ms: { type: double, title: 95th percentile, unit: ms, approximate: true }
  p99_ms: { type: double, title: 99th percentile, unit: ms, approximate: true }
  max_ms: { type: double, title: Longest, unit: ms }
note: >-
  Percentiles are exact on DuckDB; Athena estimates them by t-digest, within about 5 % of the ranks and 5 % of the value.
*/
WITH times AS (
  SELECT
    status_class,
    count(*) AS requests,
    CAST(sum(CAST(duration_ms AS decimal(38, 3))) AS double) / count(duration_ms) AS mean_ms,
    approx_percentile(duration_ms, ARRAY[5E-1, 9.5E-1, 9.9E-1]) AS percentiles,
    max(duration_ms) AS max_ms
  FROM requests
  CROSS JOIN UNNEST(ARRAY[
    'all',
    CASE WHEN status BETWEEN 100 AND 599 THEN CAST(status / 100 AS varchar) || 'xx' ELSE 'none' END
  ]) AS classes (status_class)
  WHERE duration_ms IS NOT NULL
  GROUP BY 1
)
SELECT
  status_class,
  requests,
  mean_ms,
  percentiles[1] AS median_ms,
  percentiles[2] AS p95_ms,
  percentiles[3] AS p99_ms,
  max_ms
FROM times
ORDER BY CASE status_class WHEN 'all' THEN 0 ELSE 1 END, status_class
