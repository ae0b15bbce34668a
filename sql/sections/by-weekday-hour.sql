/*
title: By weekday and hour
description: On which weekdays, and at which hours, the requests came.
note: >-
  Weekdays and hours in UTC, summed over the period, in which some weekdays may occur more often than others. Hours
  without a request have no row.
group: Traffic
order: 90
applies_to: [storage, cdn, load-balancer, web]
charts:
  - { kind: heatmap, title: Requests, x: hour, y: [requests], split: weekday }
columns:
  hour: { type: integer, unit: hour }
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
  {{requests}} AS requests,
  {{bytes_sent}} AS bytes_sent,
  {{bytes_received}} AS bytes_received,
  {{errors}} AS errors
FROM requests
GROUP BY day_of_week(time), hour(time)
ORDER BY day_of_week(time) NULLS LAST, hour(time) NULLS LAST
