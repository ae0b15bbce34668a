/*
title: By weekday and hour
description: On which weekdays, and at which hours of theirs, the requests came.
order: 35
group: Traffic
charts:
  - { kind: heatmap, title: Requests, x: hour, y: [requests], split: weekday }
columns:
  weekday: { type: varchar, title: Weekday }
  hour: { type: integer, title: Hour, unit: hour }
  requests: { type: bigint, title: Requests, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
note: >-
  Weekdays and hours in UTC, over the whole period, in which one weekday may come more often than another. An hour
  without a line has no row. Errors are answers of status 400 and above.
*/
SELECT
  CASE day_of_week(time)
    WHEN 1 THEN 'Monday'
    WHEN 2 THEN 'Tuesday'
    WHEN 3 THEN 'Wednesday'
    WHEN 4 THEN 'Thursday'
    WHEN 5 THEN 'Friday'
    WHEN 6 THEN 'Saturday'
    WHEN 7 THEN 'Sunday'
  END AS weekday,
  CAST(hour(time) AS integer) AS hour,
  count(*) AS requests,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  coalesce(CAST(sum(bytes_received) AS bigint), CASE WHEN count(operation) > 0 THEN 0 END) AS bytes_received,
  count(*) FILTER (WHERE status >= 400) AS errors
FROM requests
GROUP BY day_of_week(time), hour(time)
ORDER BY day_of_week(time) NULLS LAST, hour(time) NULLS LAST
