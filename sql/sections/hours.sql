/*
title: Hour by hour
description: How requests, bytes and errors changed from hour to hour.
note: >-
  Hours in UTC, from the first request to the last. An hour without a request has 0 requests: the log does not show
  whether nobody sent one, the site was down or lines are missing. The change compares requests with the hour before, and
  is unknown after an hour of 0 requests. A gap of 10,000 hours or more is a wrong clock and is not filled.
group: Traffic
order: 60
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: line, title: Requests, x: hour, y: [requests] }
drill_down: endpoint
*/
WITH compared AS (
  SELECT
    *,
    lag(hour) OVER (ORDER BY hour) AS hour_before,
    lag(requests) OVER (ORDER BY hour) AS requests_before
  FROM requests_by_hour
)
SELECT
  hour,
  requests,
  CASE
    WHEN hour_before = date_add('hour', -1, hour) THEN 1E2 * (requests - requests_before) / nullif(requests_before, 0)
  END AS change_percent,
  bytes_sent,
  errors_4xx,
  errors_5xx,
  1E2 * (errors_4xx + errors_5xx) / nullif(answered, 0) AS error_percent
FROM compared
ORDER BY 1
