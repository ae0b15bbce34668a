/*
title: Server errors
description: Which requests S3 itself failed (5xx), with the two identifiers that AWS Support asks for.
order: 230
group: Errors
applies_to: [storage]
drill_down: endpoint
columns:
  time: { type: timestamp, title: Time }
  status: { type: integer, title: Status }
  error_code: { type: varchar, title: Error code }
  bucket: { type: varchar, title: Bucket }
  object: { type: varchar, title: Object }
  operation: { type: varchar, title: Operation }
  requester: { type: varchar, title: Requester }
  duration_ms: { type: double, title: Time taken, unit: ms }
  request_id: { type: varchar, title: Request ID }
  host_id: { type: varchar, title: Host ID }
note: The 50 latest. 503 SlowDown asks the client to send fewer requests to a prefix.
*/
SELECT
  time,
  status,
  error_code,
  host AS bucket,
  path AS object,
  operation,
  coalesce(requester, caller) AS requester,
  duration_ms,
  request_id,
  json_extract_scalar(extra, '$.hostid') AS host_id
FROM requests
WHERE status BETWEEN 500 AND 599
ORDER BY time DESC NULLS LAST, request_id NULLS LAST, operation NULLS LAST, path NULLS LAST, host NULLS LAST
LIMIT 50
