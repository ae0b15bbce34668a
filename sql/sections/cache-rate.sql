/*
title: Cache hit rate
description: How many requests, and how many bytes, the cache answered.
note: >-
  Requests with a cache status. The hit rate is that of hits among hits and misses, in bytes that among all bytes; what
  counts as a hit is in the section Cache.
group: Cache
order: 10
applies_to: [cdn, load-balancer, web]
requires: [cache_status]
drill_down: endpoint
*/
SELECT
  {{requests}} AS requests,
  {{hits}} AS hits,
  {{misses}} AS misses,
  {{passes}} AS passes,
  {{hit_percent}} AS hit_percent,
  {{bytes_sent}} AS bytes_sent,
  {{bytes_sent where cache_result = 'hit'}} AS bytes_hit,
  1E2 * {{bytes_sent where cache_result = 'hit'}} / nullif({{bytes_sent}}, 0) AS bytes_hit_percent
FROM requests
WHERE cache_status IS NOT NULL
HAVING {{requests}} > 0
