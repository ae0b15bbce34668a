/*
title: Lines that are not requests
description: Which lines of the logs are not requests of a client, and why.
note: >-
  Of all other sections only Deletions, Messages, Levels and Applications count them. lifecycle, checksum: S3's own work.
  batch_item: an object of a DeleteObjects request, and copy_read: the internal read of a copy; these requests have a
  separate line. connection, health_check: other logs of a load balancer. shield: a request between two servers of a CDN.
  message: a line of an error log, of a program or of syslog. unknown: only the time was understood.
group: Traffic
order: 230
requires: [record_kind]
mail:
  table: { labels: [source, record_kind], figures: [lines] }
terminal: bars
*/
SELECT
  source,
  record_kind,
  {{lines}} AS lines,
  {{first_seen}} AS first_seen,
  {{last_seen}} AS last_seen
FROM records
WHERE record_kind IS NOT NULL
GROUP BY 1, 2
ORDER BY 3 DESC, 1, 2
