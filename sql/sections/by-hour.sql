/*
title: By hour of day
description: At which hours of the day the requests came.
note: Hours in UTC, over all days of the period; hours without a request have no row.
group: Traffic
order: 50
applies_to: [storage, cdn, load-balancer, web]
charts:
  - { kind: line, title: Requests, x: hour, y: [requests], compare: previous_period }
drill_down: endpoint
columns:
  hour: { type: integer, unit: hour }
*/
SELECT
  CAST(hour(time) AS integer) AS hour,
  {{requests}} AS requests,
  {{bytes_sent}} AS bytes_sent,
  {{bytes_received}} AS bytes_received,
  {{errors_4xx}} AS errors_4xx,
  {{errors_5xx}} AS errors_5xx
FROM requests
GROUP BY 1
ORDER BY 1 NULLS LAST
