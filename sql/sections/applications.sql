/*
title: Applications
description: Which programs on which hosts wrote the log lines.
order: 62
group: Traffic
applies_to: [log]
charts:
  - { kind: bars, title: Lines, x: [host, application], y: [lines] }
columns:
  host: { type: varchar, title: Host }
  application: { type: varchar, title: Application }
  lines: { type: bigint, title: Lines, unit: count }
  first_seen: { type: timestamp, title: First seen }
  last_seen: { type: timestamp, title: Last seen }
note: The 100 with the most lines.
*/
SELECT
  host,
  application,
  count(*) AS lines,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM requests
GROUP BY 1, 2
ORDER BY 3 DESC, 1 NULLS LAST, 2 NULLS LAST
LIMIT 100
