/*
title: Server errors
description: Which requests failed in S3 itself (5xx), with the two identifiers that AWS Support asks for.
note: The 50 latest. 503 SlowDown asks the client to send fewer requests to a prefix.
group: Errors
order: 90
applies_to: [storage]
drill_down: endpoint
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
WHERE is_server_error
ORDER BY time DESC NULLS LAST, request_id NULLS LAST, operation NULLS LAST, path NULLS LAST, host NULLS LAST
LIMIT 50
