/*
title: Cache
description: How often the cache could answer.
order: 350
group: Cache
applies_to: [cdn, load-balancer, web]
requires: [cache_status]
charts:
  - { kind: bars, title: Requests, x: cache_status, y: [requests] }
drill_down: endpoint
columns:
  cache_status: { type: varchar, title: Cache status }
  cache_result: { type: varchar, title: Counts as }
  requests: { type: bigint, title: Requests, unit: count }
  share_percent: { type: double, title: Share, unit: percent }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  mean_ms: { type: double, title: Mean time, unit: ms }
note: The states of each CDN count as hit, miss, pass (never cached) or other (errors, redirects).
*/
WITH answers AS (
  SELECT
    cache_status,
    cache_result,
    count(*) AS requests,
    coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
    CAST(sum(CAST(duration_ms AS decimal(38, 3))) AS double) / count(duration_ms) AS mean_ms
  FROM requests
  WHERE cache_status IS NOT NULL
  GROUP BY 1, 2
)
SELECT
  cache_status,
  cache_result,
  requests,
  1E2 * requests / sum(requests) OVER () AS share_percent,
  bytes_sent,
  mean_ms
FROM answers
ORDER BY 3 DESC, 1
LIMIT 50
