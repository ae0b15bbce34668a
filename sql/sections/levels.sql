/*
title: Levels
description: How severe the log lines were.
group: Traffic
order: 200
applies_to: [log]
requires: [level]
charts:
  - { kind: bars, title: Lines, x: level, y: [lines] }
terminal: bars
*/
SELECT
  level,
  {{lines}} AS lines,
  count(DISTINCT application) AS applications,
  {{first_seen}} AS first_seen,
  {{last_seen}} AS last_seen
FROM records
WHERE level IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 50
