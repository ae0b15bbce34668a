/*
title: Cache hit rate
description: How many requests, and how many bytes, the cache answered.
order: 349
group: Cache
applies_to: [cdn, load-balancer, web]
requires: [cache_status]
drill_down: endpoint
columns:
  requests: { type: bigint, title: Requests, unit: count }
  hits: { type: bigint, title: Hits, unit: count }
  misses: { type: bigint, title: Misses, unit: count }
  passes: { type: bigint, title: Passed, unit: count }
  hit_percent: { type: double, title: Hit rate, unit: percent }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_hit: { type: bigint, title: Bytes from the cache, unit: bytes }
  bytes_hit_percent: { type: double, title: Hit rate in bytes, unit: percent }
note: >-
  Requests with a cache status. The hit rate is that of hits among hits and misses, in bytes that among all bytes; what
  counts as a hit is in the section Cache.
*/
SELECT
  count(*) AS requests,
  count(*) FILTER (WHERE cache_result = 'hit') AS hits,
  count(*) FILTER (WHERE cache_result = 'miss') AS misses,
  count(*) FILTER (WHERE cache_result = 'pass') AS passes,
  1E2 * count(*) FILTER (WHERE cache_result = 'hit')
    / nullif(count(*) FILTER (WHERE cache_result IN ('hit', 'miss')), 0) AS hit_percent,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  coalesce(CAST(sum(bytes_sent) FILTER (WHERE cache_result = 'hit') AS bigint), 0) AS bytes_hit,
  CAST(1E2 * CAST(sum(bytes_sent) FILTER (WHERE cache_result = 'hit') AS double)
    / nullif(CAST(sum(bytes_sent) AS double), 0E0) AS double) AS bytes_hit_percent
FROM requests
WHERE cache_status IS NOT NULL
HAVING count(*) > 0
