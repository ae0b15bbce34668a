/*
title: Times by endpoint
description: How long requests for each endpoint take, on average and in total.
note: The 100 endpoints with the most time in total.
group: Latency
order: 30
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
charts:
  - { kind: percentiles, title: Response times, x: endpoint, y: [median_ms, p95_ms, p99_ms] }
*/
WITH times AS (
  SELECT
    endpoint,
    {{requests}} AS requests,
    {{total_ms}} AS total_ms,
    {{percentiles_ms}} AS percentiles,
    {{max_ms}} AS max_ms
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
