/*
title: Cache hit rate
description: How many requests the cache answered, and how many bytes it sent.
note: >-
  Only requests with a cache status. The hit rate is hits divided by hits and misses; in bytes it is the share of all
  bytes. The section Cache lists which states count as hits.
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
