/*
title: Cache by endpoint
description: Which endpoints the cache could not answer, and what that cost in bytes.
order: 354
group: Cache
applies_to: [cdn, load-balancer, web]
requires: [cache_status]
charts:
  - { kind: bars, title: Requests by what the cache did, x: endpoint, y: [hits, misses, passes] }
columns:
  endpoint: { type: varchar, title: Endpoint }
  requests: { type: bigint, title: Requests, unit: count }
  hits: { type: bigint, title: Hits, unit: count }
  misses: { type: bigint, title: Misses, unit: count }
  passes: { type: bigint, title: Passed, unit: count }
  hit_percent: { type: double, title: Hit rate, unit: percent }
  bytes_missed: { type: bigint, title: Bytes not from the cache, unit: bytes }
note: The 100 with the most misses. The hit rate is that of hits among hits and misses.
*/
SELECT
  endpoint,
  count(*) AS requests,
  count(*) FILTER (WHERE cache_result = 'hit') AS hits,
  count(*) FILTER (WHERE cache_result = 'miss') AS misses,
  count(*) FILTER (WHERE cache_result = 'pass') AS passes,
  1E2 * count(*) FILTER (WHERE cache_result = 'hit')
    / nullif(count(*) FILTER (WHERE cache_result IN ('hit', 'miss')), 0) AS hit_percent,
  coalesce(CAST(sum(bytes_sent) FILTER (WHERE cache_result <> 'hit') AS bigint), 0) AS bytes_missed
FROM requests
WHERE cache_status IS NOT NULL AND endpoint IS NOT NULL
GROUP BY 1
ORDER BY 4 DESC, 5 DESC, 2 DESC, 1
LIMIT 100
