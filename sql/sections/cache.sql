/*
title: Cache
description: How often the cache answered.
note: The states of each CDN count as hit, miss, pass (never cached) or other (errors, redirects).
group: Cache
order: 20
applies_to: [cdn, load-balancer, web]
requires: [cache_status]
charts:
  - { kind: bars, title: Requests, x: cache_status, y: [requests] }
drill_down: endpoint
*/
WITH answers AS (
  SELECT
    cache_status,
    cache_result,
    {{requests}} AS requests,
    {{bytes_sent}} AS bytes_sent,
    {{mean_ms}} AS mean_ms
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
