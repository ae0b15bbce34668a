/*
title: Cache by endpoint
description: Which endpoints the cache could not answer, and what that cost in bytes.
note: The 100 endpoints with the most misses. The hit rate is hits divided by hits and misses.
group: Cache
order: 40
applies_to: [cdn, load-balancer, web]
requires: [cache_status]
charts:
  - { kind: bars, title: Requests by what the cache did, x: endpoint, y: [hits, misses, passes] }
*/
SELECT
  endpoint,
  {{requests}} AS requests,
  {{hits}} AS hits,
  {{misses}} AS misses,
  {{passes}} AS passes,
  {{hit_percent}} AS hit_percent,
  {{bytes_sent where cache_result <> 'hit'}} AS bytes_missed
FROM requests
WHERE cache_status IS NOT NULL AND endpoint IS NOT NULL
GROUP BY 1
ORDER BY 4 DESC, 5 DESC, 2 DESC, 1
LIMIT 100
