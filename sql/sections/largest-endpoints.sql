/*
title: Largest endpoints
description: Which endpoints give the largest answers.
order: 56
group: Traffic
applies_to: [cdn, load-balancer, web]
requires: [bytes_sent]
charts:
  - { kind: bars, title: Largest answer, x: endpoint, y: [max_bytes] }
columns:
  endpoint: { type: varchar, title: Endpoint }
  requests: { type: bigint, title: Requests, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  mean_bytes: { type: double, title: Mean size, unit: bytes }
  p95_bytes: { type: double, title: 95th percentile, unit: bytes, approximate: true }
  max_bytes: { type: bigint, title: Largest, unit: bytes }
note: >-
  The 100 endpoints with the largest mean. Percentiles are exact on DuckDB; Athena estimates them by t-digest, within
  about 5 % of the ranks and 5 % of the value.
*/
SELECT
  endpoint,
  count(*) AS requests,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  CAST(sum(bytes_sent) AS double) / count(*) AS mean_bytes,
  approx_percentile(CAST(bytes_sent AS double), 9.5E-1) AS p95_bytes,
  max(bytes_sent) AS max_bytes
FROM requests
WHERE bytes_sent IS NOT NULL AND endpoint IS NOT NULL
GROUP BY 1
ORDER BY 4 DESC, 3 DESC, 1
LIMIT 100
