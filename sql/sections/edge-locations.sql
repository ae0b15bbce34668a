/*
title: Edge locations
description: Which points of presence answered, and how often from their cache.
note: The 100 locations with the most requests. The hit rate is hits divided by hits and misses.
group: Traffic
order: 160
applies_to: [cdn, load-balancer, web]
requires: [edge_location]
charts:
  - { kind: bars, title: Requests, x: edge_location, y: [requests] }
*/
SELECT
  edge_location,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{bytes_sent}} AS bytes_sent,
  {{hits}} AS hits,
  {{misses}} AS misses,
  {{hit_percent}} AS hit_percent,
  {{errors_5xx}} AS errors_5xx,
  {{mean_ms}} AS mean_ms
FROM requests
WHERE edge_location IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
