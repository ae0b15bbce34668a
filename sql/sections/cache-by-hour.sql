/*
title: Cache by hour
description: How the hit rate changed from hour to hour.
note: >-
  Hours in UTC; hours without a request have no row. The hit rate is hits divided by hits and misses.
group: Cache
order: 30
applies_to: [cdn, load-balancer, web]
requires: [cache_status]
charts:
  - { kind: line, title: Hit rate, x: hour, y: [hit_percent] }
drill_down: endpoint
*/
SELECT
  date_trunc('hour', time) AS hour,
  {{requests}} AS requests,
  {{hits}} AS hits,
  {{misses}} AS misses,
  {{passes}} AS passes,
  {{hit_percent}} AS hit_percent,
  {{bytes_sent}} AS bytes_sent
FROM requests
WHERE cache_status IS NOT NULL AND time IS NOT NULL
GROUP BY 1
ORDER BY 1
