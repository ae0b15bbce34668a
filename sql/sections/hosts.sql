/*
title: Hosts
description: Which virtual hosts or distributions the requests went to.
note: The 100 hosts with the most requests.
group: Traffic
order: 140
applies_to: [cdn, load-balancer, web]
requires: [host]
charts:
  - { kind: bars, title: Requests, x: host, y: [requests] }
*/
SELECT
  host,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{bytes_sent}} AS bytes_sent,
  {{errors_4xx}} AS errors_4xx,
  {{errors_5xx}} AS errors_5xx,
  {{error_percent}} AS error_percent
FROM requests
WHERE host IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
