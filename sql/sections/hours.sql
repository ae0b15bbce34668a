/*
title: Hour by hour
answers: How requests, bytes and errors moved from hour to hour, and how fast.
order: 32
group: Traffic
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: line, title: Requests, x: hour, y: [requests] }
columns:
  hour: { type: timestamp, title: Hour }
  requests: { type: bigint, title: Requests, unit: count }
  change_percent: { type: double, title: Change, unit: percent }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  errors_4xx: { type: bigint, title: Client errors (4xx), unit: count }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
  error_percent: { type: double, title: Error rate, unit: percent }
note: Hours in UTC; an hour without a line has no row. The change is that of requests against the hour just before.
*/
WITH hours AS (
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
    WHEN hour_before = date_add('hour', -1, hour) THEN 1E2 * (requests - requests_before) / requests_before
  END AS change_percent,
  bytes_sent,
  errors_4xx,
  errors_5xx,
  error_percent
FROM compared
ORDER BY 1
