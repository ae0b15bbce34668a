/*
title: Not found
description: Which objects were asked for that do not exist (404), and by how many.
order: 220
group: Errors
applies_to: [storage]
charts:
  - { kind: bars, title: Requests, x: [bucket, object], y: [requests] }
columns:
  bucket: { type: varchar, title: Bucket }
  object: { type: varchar, title: Object }
  error_code: { type: varchar, title: Error code }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  requesters: { type: bigint, title: Requesters, unit: count }
  referrer: { type: varchar, title: A referrer }
  last_seen: { type: timestamp, title: Last seen }
note: The 500 objects with the most such requests. Of several referrers the first in text order is shown.
*/
SELECT
  host AS bucket,
  path AS object,
  error_code,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  count(DISTINCT caller) AS requesters,
  min(referrer) AS referrer,
  max(time) AS last_seen
FROM requests
WHERE status = 404
GROUP BY 1, 2, 3
ORDER BY 4 DESC, 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST
LIMIT 500
