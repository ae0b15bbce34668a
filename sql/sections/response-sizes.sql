/*
title: Response sizes
description: How large the answers were, all of them and by class of status.
order: 54
group: Traffic
applies_to: [cdn, load-balancer, web]
requires: [bytes_sent]
charts:
  - { kind: percentiles, title: Sizes, x: status_class, y: [median_bytes, p95_bytes, p99_bytes] }
drill_down: endpoint
columns:
  status_class: { type: varchar, title: Status class }
  requests: { type: bigint, title: Requests, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  mean_bytes: { type: double, title: Mean size, unit: bytes }
  median_bytes: { type: double, title: Median size, unit: bytes, approximate: true }
  p95_bytes: { type: double, title: 95th percentile, unit: bytes, approximate: true }
  p99_bytes: { type: double, title: 99th percentile, unit: bytes, approximate: true }
  max_bytes: { type: bigint, title: Largest, unit: bytes }
note: >-
  Answers whose size the log tells. Percentiles are exact on DuckDB; Athena estimates them by t-digest, within about 2
  % of the ranks and 5 % of the value.
*/
WITH sizes AS (
  SELECT
    status_class,
    count(*) AS requests,
    coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
    CAST(sum(bytes_sent) AS double) / count(*) AS mean_bytes,
    approx_percentile(CAST(bytes_sent AS double), ARRAY[5E-1, 9.5E-1, 9.9E-1]) AS percentiles,
    max(bytes_sent) AS max_bytes
  FROM requests
  CROSS JOIN UNNEST(ARRAY[
    'all',
    CASE WHEN status BETWEEN 100 AND 599 THEN CAST(status / 100 AS varchar) || 'xx' ELSE 'none' END
  ]) AS classes (status_class)
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
