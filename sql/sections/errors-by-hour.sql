/*
title: Errors by hour of day
description: At which hours of the day requests fail.
note: Hours in UTC, over all days of the period; hours without a request have no row.
group: Errors
order: 30
applies_to: [cdn, load-balancer, web]
requires: [status]
charts:
  - { kind: line, title: Error rate, x: hour, y: [error_percent] }
drill_down: endpoint
columns:
  hour: { type: integer, unit: hour }
*/
SELECT
  CAST(hour(time) AS integer) AS hour,
  {{requests}} AS requests,
  {{errors_4xx}} AS errors_4xx,
  {{errors_5xx}} AS errors_5xx,
  {{error_percent}} AS error_percent
FROM requests
WHERE time IS NOT NULL
GROUP BY 1
ORDER BY 1
