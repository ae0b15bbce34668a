/*
title: Not found
description: Which requested objects do not exist (404), and how many clients requested them.
note: The 500 objects with the most such requests. Of several referrers the first in text order is shown.
group: Errors
order: 70
applies_to: [storage]
charts:
  - { kind: bars, title: Requests, x: [bucket, object], y: [requests] }
columns:
  referrer: { title: Example referrer }
*/
SELECT
  host AS bucket,
  path AS object,
  error_code,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{requesters}} AS requesters,
  min(referrer) AS referrer,
  {{last_seen}} AS last_seen
FROM requests
WHERE status = 404
GROUP BY 1, 2, 3
ORDER BY 4 DESC, 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST
LIMIT 500
