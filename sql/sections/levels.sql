/*
title: Levels
description: How severe the log lines were.
order: 60
group: Traffic
applies_to: [log]
requires: [level]
charts:
  - { kind: bars, title: Lines, x: level, y: [lines] }
terminal: bars
columns:
  level: { type: varchar, title: Level }
  lines: { type: bigint, title: Lines, unit: count }
  applications: { type: bigint, title: Applications, unit: count }
  first_seen: { type: timestamp, title: First seen }
  last_seen: { type: timestamp, title: Last seen }
*/
SELECT
  level,
  count(*) AS lines,
  count(DISTINCT application) AS applications,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM requests
WHERE level IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 50
