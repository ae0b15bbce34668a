/*
title: Response sizes
description: How large the answers were, in total and by status class.
note: Only answers whose size is in the log.
group: Traffic
order: 180
applies_to: [cdn, load-balancer, web]
requires: [bytes_sent]
charts:
  - { kind: percentiles, title: Sizes, x: status_class, y: [median_bytes, p95_bytes, p99_bytes] }
drill_down: endpoint
*/
WITH sizes AS (
  SELECT
    counted_as AS status_class,
    {{requests}} AS requests,
    {{bytes_sent}} AS bytes_sent,
    {{mean_bytes}} AS mean_bytes,
    {{percentiles_bytes}} AS percentiles,
    {{max_bytes}} AS max_bytes
  FROM requests
  CROSS JOIN UNNEST(ARRAY['all', requests.status_class]) AS classes (counted_as)
  WHERE bytes_sent IS NOT NULL
  GROUP BY 1
)
SELECT
  status_class,
  requests,
  bytes_sent,
  mean_bytes,
  percentiles[1] AS median_bytes,
  percentiles[2] AS p95_bytes,
  percentiles[3] AS p99_bytes,
  max_bytes
FROM sizes
ORDER BY CASE status_class WHEN 'all' THEN 0 ELSE 1 END, status_class
