/*
title: By day
description: How requests, clients, bytes, errors and response times moved from day to day.
order: 20
group: Traffic
charts:
  - { kind: line, title: Requests, x: day, y: [requests], compare: previous_period }
  - { kind: columns, title: Errors, x: day, y: [errors_4xx, errors_5xx] }
  - { kind: line, title: Bytes sent, x: day, y: [bytes_sent], compare: previous_period }
  - { kind: line, title: 95th percentile of response times, x: day, y: [p95_ms], compare: previous_period }
terminal:
  sparklines: { Requests: [requests], Bytes sent: [bytes_sent], Errors: [errors_4xx, errors_5xx] }
drill_down: endpoint
insights: days
columns:
  day: { type: date, title: Day, unit: day }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  downloads: { type: bigint, title: Downloads, unit: count }
  uploads: { type: bigint, title: Uploads, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors_4xx: { type: bigint, title: Client errors (4xx), unit: count }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
  p95_ms: { type: double, title: 95th percentile, unit: ms, approximate: true }
note: >-
  Days in UTC; a day without a line has no row. Percentiles are exact on DuckDB; Athena estimates them by t-digest,
  within about 5 % of the ranks and 5 % of the value.
*/
SELECT
  CAST(day AS date) AS day,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  CASE WHEN count(operation) > 0 THEN count(*) FILTER (WHERE is_download) END AS downloads,
  CASE WHEN count(operation) > 0 THEN count(*) FILTER (WHERE is_upload) END AS uploads,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  coalesce(CAST(sum(bytes_received) AS bigint), CASE WHEN count(operation) > 0 THEN 0 END) AS bytes_received,
  count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS errors_4xx,
  count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS errors_5xx,
  approx_percentile(duration_ms, 9.5E-1) AS p95_ms
FROM requests
GROUP BY 1
ORDER BY 1
