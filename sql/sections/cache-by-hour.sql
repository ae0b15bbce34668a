/*
title: Cache by hour
description: How the hit rate moved from hour to hour.
order: 352
group: Cache
applies_to: [cdn, load-balancer, web]
requires: [cache_status]
charts:
  - { kind: line, title: Hit rate, x: hour, y: [hit_percent] }
drill_down: endpoint
columns:
  hour: { type: timestamp, title: Hour }
  requests: { type: bigint, title: Requests, unit: count }
  hits: { type: bigint, title: Hits, unit: count }
  misses: { type: bigint, title: Misses, unit: count }
  passes: { type: bigint, title: Passed, unit: count }
  hit_percent: { type: double, title: Hit rate, unit: percent }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
note: >-
  Hours in UTC; an hour without a request has no hit rate and no row. The hit rate is that of hits among hits and misses.
*/
SELECT
  date_trunc('hour', time) AS hour,
  count(*) AS requests,
  count(*) FILTER (WHERE cache_result = 'hit') AS hits,
  count(*) FILTER (WHERE cache_result = 'miss') AS misses,
  count(*) FILTER (WHERE cache_result = 'pass') AS passes,
  1E2 * count(*) FILTER (WHERE cache_result = 'hit')
    / nullif(count(*) FILTER (WHERE cache_result IN ('hit', 'miss')), 0) AS hit_percent,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent
FROM requests
WHERE cache_status IS NOT NULL AND time IS NOT NULL
GROUP BY 1
ORDER BY 1
