/*
title: Response times
description: How long the answers took, in total and by status class.
group: Latency
order: 20
applies_to: [cdn, load-balancer, web]
requires: [duration_ms]
charts:
  - { kind: percentiles, title: Response times, x: status_class, y: [median_ms, p95_ms, p99_ms] }
drill_down: endpoint
*/
WITH times AS (
  SELECT
    counted_as AS status_class,
    {{requests}} AS requests,
    {{mean_ms}} AS mean_ms,
    {{percentiles_ms}} AS percentiles,
    {{max_ms}} AS max_ms
  FROM requests
  CROSS JOIN UNNEST(ARRAY['all', requests.status_class]) AS classes (counted_as)
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
