/*
title: Targets
description: How the requests fell on the targets behind each load balancer, and how those did.
order: 47
group: Traffic
applies_to: [load-balancer]
requires: [extra]
charts:
  - { kind: bars, title: Requests, x: target, y: [requests] }
columns:
  load_balancer: { type: varchar, title: Load balancer }
  target_group: { type: varchar, title: Target group }
  target: { type: varchar, title: Target }
  requests: { type: bigint, title: Requests, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  target_errors: { type: bigint, title: Target errors (5xx), unit: count }
  balancer_errors: { type: bigint, title: Balancer errors (5xx), unit: count }
  mean_ms: { type: double, title: Mean time in the target, unit: ms }
  p95_ms: { type: double, title: 95th percentile, unit: ms, approximate: true }
note: >-
  The 100 with the most requests. Without a target the balancer answered itself. A target's errors are those that it gave,
  a balancer's those that came without its answer. Times are the target's own. Percentiles are exact on DuckDB; Athena
  estimates them by t-digest, within about 5 % of the ranks and 5 % of the value.
*/
WITH balanced AS (
  SELECT
    application AS load_balancer,
    nullif(json_extract_scalar(extra, '$.target_group'), '-') AS target_group,
    nullif(json_extract_scalar(extra, '$.target'), '-') AS target,
    nullif(json_extract_scalar(extra, '$.target_status'), '-') AS target_status,
    status,
    bytes_sent,
    server_ms
  FROM requests
  WHERE json_extract_scalar(extra, '$.target') IS NOT NULL
)
SELECT
  load_balancer,
  target_group,
  target,
  count(*) AS requests,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  count(*) FILTER (WHERE target_status LIKE '5%') AS target_errors,
  count(*) FILTER (WHERE status BETWEEN 500 AND 599 AND target_status IS NULL) AS balancer_errors,
  CAST(sum(CAST(server_ms AS decimal(38, 3))) AS double) / count(server_ms) AS mean_ms,
  approx_percentile(server_ms, 9.5E-1) AS p95_ms
FROM balanced
GROUP BY 1, 2, 3
ORDER BY 4 DESC, 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST
LIMIT 100
