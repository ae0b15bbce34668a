/*
title: Methods
description: Which HTTP methods the requests used.
note: Requests that are not HTTP have no method. The 50 methods with the most requests.
group: Traffic
order: 120
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: method, y: [requests] }
drill_down: endpoint
*/
SELECT
  method,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{bytes_sent}} AS bytes_sent,
  {{errors}} AS errors,
  {{error_percent}} AS error_percent,
  {{last_seen}} AS last_seen
FROM requests
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 50
