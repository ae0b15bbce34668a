/*
title: Errors by hour of day
description: At which hours of the day requests fail.
order: 204
group: Errors
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: line, title: Error rate, x: hour, y: [error_percent] }
drill_down: endpoint
columns:
  hour: { type: integer, title: Hour, unit: hour }
  requests: { type: bigint, title: Requests, unit: count }
  errors_4xx: { type: bigint, title: Client errors (4xx), unit: count }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
  error_percent: { type: double, title: Error rate, unit: percent }
note: Hours in UTC, over all days of the period; an hour without a request has no error rate and no row.
*/
SELECT
  CAST(hour(time) AS integer) AS hour,
  count(*) AS requests,
  count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS errors_4xx,
  count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS errors_5xx,
  1E2 * count(*) FILTER (WHERE status >= 400) / count(*) AS error_percent
FROM requests
WHERE time IS NOT NULL
GROUP BY 1
ORDER BY 1
