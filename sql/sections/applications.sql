/*
title: Applications
description: Which programs on which hosts wrote the messages.
note: The 100 with the most lines.
group: Traffic
order: 210
applies_to: [cdn, load-balancer, web, log]
requires: [record_kind]
charts:
  - { kind: bars, title: Lines, x: [host, application], y: [lines] }
*/
SELECT
  host,
  application,
  {{lines}} AS lines,
  {{first_seen}} AS first_seen,
  {{last_seen}} AS last_seen
FROM records
WHERE record_kind = 'message'
GROUP BY 1, 2
ORDER BY 3 DESC, 1 NULLS LAST, 2 NULLS LAST
LIMIT 100
