/*
title: Messages
description: Which messages were written most, whatever numbers stand in them.
order: 64
group: Traffic
applies_to: [log]
requires: [message]
terminal: bars
columns:
  application: { type: varchar, title: Application }
  message: { type: varchar, title: Message }
  lines: { type: bigint, title: Lines, unit: count }
  first_seen: { type: timestamp, title: First seen }
  last_seen: { type: timestamp, title: Last seen }
note: >-
  Every number is written as #. The 200 with the most lines.
*/
SELECT
  application,
  regexp_replace(message, '[0-9]+', '#') AS message,
  count(*) AS lines,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM requests
WHERE message IS NOT NULL
GROUP BY 1, 2
ORDER BY 3 DESC, 1 NULLS LAST, 2
LIMIT 200
