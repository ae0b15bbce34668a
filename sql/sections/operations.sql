/*
title: Operations
description: Which operations were requested, how often they failed and how long they took.
group: Traffic
order: 170
applies_to: [storage]
charts:
  - { kind: percentiles, title: Response times, x: operation, y: [median_ms, p95_ms, p99_ms] }
*/
WITH operations AS (
  SELECT
    operation,
    {{requests}} AS requests,
    {{bytes_sent}} AS bytes_sent,
    {{bytes_received}} AS bytes_received,
    {{errors}} AS errors,
    {{error_percent}} AS error_percent,
    {{mean_ms}} AS mean_ms,
    {{percentiles_ms}} AS percentiles,
    {{max_ms}} AS max_ms
  FROM requests
  GROUP BY operation
)
SELECT
  operation,
  requests,
  bytes_sent,
  bytes_received,
  errors,
  error_percent,
  mean_ms,
  percentiles[1] AS median_ms,
  percentiles[2] AS p95_ms,
  percentiles[3] AS p99_ms,
  max_ms
FROM operations
ORDER BY requests DESC, operation NULLS LAST
