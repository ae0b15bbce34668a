/*
title: Lines by hour of day
description: At which hours of the day the lines were written.
note: Hours in UTC, over all days of the period; hours without a line have no row.
group: Traffic
order: 198
applies_to: [log]
charts:
  - { kind: line, title: Lines, x: hour, y: [lines], compare: previous_period }
columns:
  hour: { type: integer, unit: hour }
*/
SELECT
  CAST(hour(time) AS integer) AS hour,
  {{lines}} AS lines
FROM records
GROUP BY 1
ORDER BY 1 NULLS LAST
