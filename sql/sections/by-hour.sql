/*
title: By hour of day
description: At which hours of the day the requests came.
order: 30
group: Traffic
charts:
  - { kind: line, title: Requests, x: hour, y: [requests], compare: previous_period }
drill_down: endpoint
columns:
  hour: { type: integer, title: Hour, unit: hour }
  requests: { type: bigint, title: Requests, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors_4xx: { type: bigint, title: Client errors (4xx), unit: count }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
note: Hours in UTC, over all days of the period; an hour without a line has no row.
*/
SELECT
  CAST(hour(time) AS integer) AS hour,
  count(*) AS requests,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  coalesce(CAST(sum(bytes_received) AS bigint), CASE WHEN count(operation) > 0 THEN 0 END) AS bytes_received,
  count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS errors_4xx,
  count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS errors_5xx
FROM requests
GROUP BY 1
ORDER BY 1 NULLS LAST
