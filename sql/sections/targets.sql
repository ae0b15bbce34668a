/*
title: Targets
description: How the requests were distributed among the targets of each load balancer, with their errors and times.
note: >-
  The 100 targets with the most requests. Without a target the balancer itself answered. Target errors are errors that
  the target returned; balancer errors are errors that the balancer returned without an answer of the target. Times are
  those in the target.
group: Traffic
order: 150
applies_to: [load-balancer]
requires: [extra]
charts:
  - { kind: bars, title: Requests, x: target, y: [requests] }
columns:
  mean_ms: { title: Mean time in the target }
  p95_ms: { title: 95th percentile in the target }
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
  {{requests}} AS requests,
  {{bytes_sent}} AS bytes_sent,
  count(*) FILTER (WHERE target_status LIKE '5%') AS target_errors,
  count(*) FILTER (WHERE status BETWEEN 500 AND 599 AND target_status IS NULL) AS balancer_errors,
  CAST(sum(CAST(server_ms AS decimal(38, 3))) AS double) / count(server_ms) AS mean_ms,
  approx_percentile(server_ms, 9.5E-1) AS p95_ms
FROM balanced
GROUP BY 1, 2, 3
ORDER BY 4 DESC, 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST
LIMIT 100
