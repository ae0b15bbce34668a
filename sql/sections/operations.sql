/*
title: Operations
description: Which operations were asked for, how often they failed and how long they took.
order: 50
group: Traffic
applies_to: [storage]
charts:
  - { kind: percentiles, title: Response times, x: operation, y: [median_ms, p95_ms, p99_ms] }
columns:
  operation: { type: varchar, title: Operation }
  requests: { type: bigint, title: Requests, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  error_percent: { type: double, title: Error rate, unit: percent }
  mean_ms: { type: double, title: Mean, unit: ms }
  median_ms: { type: double, title: Median, unit: ms, approximate: true }
  p95_ms: { type: double, title: 95th percentile, unit: ms, approximate: true }
  p99_ms: { type: double, title: 99th percentile, unit: ms, approximate: true }
  max_ms: { type: double, title: Longest, unit: ms }
note: >-
  Errors are answers of status 400 and above. Percentiles are exact on DuckDB; Athena estimates them by t-digest,
  within about 5 % of the ranks and 5 % of the value.
*/
WITH operations AS (
  SELECT
    operation,
    count(*) AS requests,
    coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
    coalesce(CAST(sum(bytes_received) AS bigint), 0) AS bytes_received,
    count(*) FILTER (WHERE status >= 400) AS errors,
    CAST(sum(CAST(duration_ms AS decimal(38, 3))) AS double) / count(duration_ms) AS mean_ms,
    approx_percentile(duration_ms, ARRAY[5E-1, 9.5E-1, 9.9E-1]) AS percentiles,
    max(duration_ms) AS max_ms
  FROM requests
  GROUP BY operation
)
SELECT
  operation,
  requests,
  bytes_sent,
  bytes_received,
  errors,
  1E2 * errors / requests AS error_percent,
  mean_ms,
  percentiles[1] AS median_ms,
  percentiles[2] AS p95_ms,
  percentiles[3] AS p99_ms,
  max_ms
FROM operations
ORDER BY requests DESC, operation NULLS LAST
