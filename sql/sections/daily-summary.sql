/*
title: Daily summary
description: How many requests each day got, and of which classes the answers were.
order: 22
group: Traffic
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: columns, title: Requests by status class, x: day, y: [status_2xx, status_3xx, status_4xx, status_5xx, other] }
columns:
  day: { type: date, title: Day, unit: day }
  requests: { type: bigint, title: Requests, unit: count }
  status_2xx: { type: bigint, title: Success (2xx), unit: count }
  status_3xx: { type: bigint, title: Redirects (3xx), unit: count }
  status_4xx: { type: bigint, title: Client errors (4xx), unit: count }
  status_5xx: { type: bigint, title: Server errors (5xx), unit: count }
  other: { type: bigint, title: Other, unit: count }
  error_percent: { type: double, title: Error rate, unit: percent }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  mean_ms: { type: double, title: Mean time, unit: ms }
note: Days in UTC; a day without a line has no row. Other answers are those of class 1xx and lines without a status.
*/
SELECT
  CAST(day AS date) AS day,
  count(*) AS requests,
  count(*) FILTER (WHERE status BETWEEN 200 AND 299) AS status_2xx,
  count(*) FILTER (WHERE status BETWEEN 300 AND 399) AS status_3xx,
  count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS status_4xx,
  count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS status_5xx,
  count(*) FILTER (WHERE coalesce(status NOT BETWEEN 200 AND 599, true)) AS other,
  1E2 * count(*) FILTER (WHERE status >= 400) / count(*) AS error_percent,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  CAST(sum(CAST(duration_ms AS decimal(38, 3))) AS double) / count(duration_ms) AS mean_ms
FROM requests
GROUP BY 1
ORDER BY 1
