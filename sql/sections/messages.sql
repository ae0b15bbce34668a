/*
title: Messages
description: Which messages were written most often, regardless of the numbers in them.
note: >-
  Messages of error logs, of programs and of syslog. Each number is shown as #. The 200 messages with the most lines.
group: Traffic
order: 220
applies_to: [cdn, load-balancer, web, log]
requires: [record_kind]
terminal: bars
*/
SELECT
  application,
  regexp_replace(message, '[0-9]+', '#') AS message,
  {{lines}} AS lines,
  {{first_seen}} AS first_seen,
  {{last_seen}} AS last_seen
FROM records
WHERE record_kind = 'message' AND message IS NOT NULL
GROUP BY 1, 2
ORDER BY 3 DESC, 1 NULLS LAST, 2
LIMIT 200
