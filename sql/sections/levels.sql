/*
title: Levels
description: How severe the messages were.
note: A message is a line of an error log, of a program or of syslog.
group: Traffic
order: 200
applies_to: [cdn, load-balancer, web, log]
requires: [record_kind]
charts:
  - { kind: bars, title: Lines, x: level, y: [lines] }
terminal: bars
*/
SELECT
  level,
  {{lines}} AS lines,
  nullif(count(DISTINCT application), 0) AS applications,
  {{first_seen}} AS first_seen,
  {{last_seen}} AS last_seen
FROM records
WHERE record_kind = 'message' AND level IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 50
