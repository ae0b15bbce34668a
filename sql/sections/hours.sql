/*
title: Hour by hour
description: How requests, bytes and errors moved from hour to hour, and how fast.
order: 32
group: Traffic
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: line, title: Requests, x: hour, y: [requests] }
drill_down: endpoint
columns:
  hour: { type: timestamp, title: Hour }
  requests: { type: bigint, title: Requests, unit: count }
  change_percent: { type: double, title: Change, unit: percent }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  errors_4xx: { type: bigint, title: Client errors (4xx), unit: count }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
  error_percent: { type: double, title: Error rate, unit: percent }
note: >-
  Hours in UTC, from the first request to the last. An hour without a line has 0 requests: the log does not say whether
  nobody came, the site was down or lines are missing. The change is that of requests against the hour before; after an
  hour of 0 requests there is none. A gap of 10,000 hours or more is a wrong clock and is not filled.
*/
WITH counted AS (
  SELECT
    date_trunc('hour', time) AS hour,
    count(*) AS requests,
    coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
    count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS errors_4xx,
    count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS errors_5xx,
    1E2 * count(*) FILTER (WHERE status >= 400) / count(*) AS error_percent
  FROM requests
  WHERE time IS NOT NULL
  GROUP BY 1
),
gaps AS (
  SELECT
    *,
    coalesce(date_diff('hour', lag(hour) OVER (ORDER BY hour), hour) - 1, 0) AS empty_hours
  FROM counted
),
hours AS (
  SELECT
    date_add('hour', -hours_back, hour) AS hour,
    CASE WHEN hours_back = 0 THEN requests ELSE 0 END AS requests,
    CASE WHEN hours_back = 0 THEN bytes_sent ELSE 0 END AS bytes_sent,
    CASE WHEN hours_back = 0 THEN errors_4xx ELSE 0 END AS errors_4xx,
    CASE WHEN hours_back = 0 THEN errors_5xx ELSE 0 END AS errors_5xx,
    CASE WHEN hours_back = 0 THEN error_percent END AS error_percent
  FROM gaps
  CROSS JOIN UNNEST(sequence(0, CASE WHEN empty_hours < 10000 THEN empty_hours ELSE 0 END)) AS steps (hours_back)
),
compared AS (
  SELECT
    *,
    lag(hour) OVER (ORDER BY hour) AS hour_before,
    lag(requests) OVER (ORDER BY hour) AS requests_before
  FROM hours
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
  error_percent
FROM compared
ORDER BY 1
