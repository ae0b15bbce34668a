/*
title: Minute by minute
description: How the day with the most requests went from minute to minute.
order: 33
group: Traffic
applies_to: [cdn, load-balancer, web]
drill_down: endpoint
columns:
  minute: { type: timestamp, title: Minute }
  requests: { type: bigint, title: Requests, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  errors_4xx: { type: bigint, title: Client errors (4xx), unit: count }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
  mean_ms: { type: double, title: Mean time, unit: ms }
note: Minutes in UTC; one without a line has no row. Of several days with as many requests it is the first.
*/
WITH minutes AS (
  SELECT
    date_trunc('minute', time) AS minute,
    count(*) AS requests,
    coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
    count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS errors_4xx,
    count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS errors_5xx,
    CAST(sum(CAST(duration_ms AS decimal(38, 3))) AS double) / count(duration_ms) AS mean_ms
  FROM requests
  WHERE time IS NOT NULL
  GROUP BY 1
),
days AS (
  SELECT
    *,
    date_trunc('day', minute) AS day,
    sum(requests) OVER (PARTITION BY date_trunc('day', minute)) AS requests_of_day
  FROM minutes
),
ranked AS (
  SELECT
    *,
    row_number() OVER (ORDER BY requests_of_day DESC, minute) AS place
  FROM days
),
compared AS (
  SELECT
    *,
    max(CASE WHEN place = 1 THEN day END) OVER () AS busiest_day
  FROM ranked
)
SELECT
  minute,
  requests,
  bytes_sent,
  errors_4xx,
  errors_5xx,
  mean_ms
FROM compared
WHERE day = busiest_day
ORDER BY 1
