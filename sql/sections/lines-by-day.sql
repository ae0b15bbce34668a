/*
title: Lines by day
description: How many lines were written each day.
note: Days in UTC; days without a line have no row.
group: Traffic
order: 195
applies_to: [log]
charts:
  - { kind: line, title: Lines, x: day, y: [lines], compare: previous_period }
terminal:
  sparklines: { Lines: [lines] }
insights: days
*/
SELECT
  CAST(day AS date) AS day,
  {{lines}} AS lines
FROM records
GROUP BY 1
ORDER BY 1
