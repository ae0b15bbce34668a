/*
title: By day
description: How requests, clients, bytes, errors and response times changed from day to day.
note: Days in UTC; days without a request have no row.
group: Traffic
order: 20
applies_to: [storage, cdn, load-balancer, web]
charts:
  - { kind: line, title: Requests, x: day, y: [requests], compare: previous_period }
  - { kind: columns, title: Errors, x: day, y: [errors_4xx, errors_5xx] }
  - { kind: line, title: Bytes sent, x: day, y: [bytes_sent], compare: previous_period }
  - { kind: line, title: 95th percentile of response times, x: day, y: [p95_ms], compare: previous_period }
terminal:
  sparklines: { Requests: [requests], Bytes sent: [bytes_sent], Errors: [errors_4xx, errors_5xx] }
drill_down: endpoint
insights: days
*/
SELECT
  CAST(day AS date) AS day,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{downloads}} AS downloads,
  {{uploads}} AS uploads,
  {{bytes_sent}} AS bytes_sent,
  {{bytes_received}} AS bytes_received,
  {{errors_4xx}} AS errors_4xx,
  {{errors_5xx}} AS errors_5xx,
  {{p95_ms}} AS p95_ms
FROM requests
GROUP BY 1
ORDER BY 1
