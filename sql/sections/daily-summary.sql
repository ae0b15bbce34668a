/*
title: Daily summary
description: How many requests came each day, and which status classes were answered.
note: Days in UTC; days without a request have no row. Other are answers of class 1xx and requests without a status.
group: Traffic
order: 30
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: columns, title: Requests by status class, x: day, y: [status_2xx, status_3xx, status_4xx, status_5xx, other] }
*/
SELECT
  CAST(day AS date) AS day,
  {{requests}} AS requests,
  {{answers where status BETWEEN 200 AND 299}} AS status_2xx,
  {{answers where status BETWEEN 300 AND 399}} AS status_3xx,
  {{errors_4xx}} AS status_4xx,
  {{errors_5xx}} AS status_5xx,
  {{answers where coalesce(status NOT BETWEEN 200 AND 599, true)}} AS other,
  {{error_percent}} AS error_percent,
  {{bytes_sent}} AS bytes_sent,
  {{mean_ms}} AS mean_ms
FROM requests
GROUP BY 1
ORDER BY 1
