/*
title: Minute by minute
description: How requests changed from minute to minute on the day with the most requests.
note: Minutes in UTC; minutes without a request have no row. If several days have the most requests, the first is shown.
group: Traffic
order: 70
applies_to: [cdn, load-balancer, web]
drill_down: endpoint
*/
WITH minutes AS (
  SELECT
    date_trunc('minute', time) AS minute,
    {{requests}} AS requests,
    {{bytes_sent}} AS bytes_sent,
    {{errors_4xx}} AS errors_4xx,
    {{errors_5xx}} AS errors_5xx,
    {{mean_ms}} AS mean_ms
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
