/*
title: Edge locations
description: Which points of presence answered, and how often from their cache.
order: 48
group: Traffic
applies_to: [cdn, load-balancer, web]
requires: [edge_location]
charts:
  - { kind: bars, title: Requests, x: edge_location, y: [requests] }
columns:
  edge_location: { type: varchar, title: Edge location }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  hits: { type: bigint, title: Hits, unit: count }
  misses: { type: bigint, title: Misses, unit: count }
  hit_percent: { type: double, title: Hit rate, unit: percent }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
  mean_ms: { type: double, title: Mean time, unit: ms }
note: The 100 with the most requests. The hit rate is that of hits among hits and misses.
*/
SELECT
  edge_location,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  count(*) FILTER (WHERE cache_result = 'hit') AS hits,
  count(*) FILTER (WHERE cache_result = 'miss') AS misses,
  1E2 * count(*) FILTER (WHERE cache_result = 'hit')
    / nullif(count(*) FILTER (WHERE cache_result IN ('hit', 'miss')), 0) AS hit_percent,
  count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS errors_5xx,
  CAST(sum(CAST(duration_ms AS decimal(38, 3))) AS double) / count(duration_ms) AS mean_ms
FROM requests
WHERE edge_location IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
