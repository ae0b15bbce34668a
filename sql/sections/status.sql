/*
title: Status by operation
description: Which answers each operation got, with the error code where S3 gave one.
order: 200
group: Errors
applies_to: [storage]
charts:
  - { kind: bars, title: Requests by status class, x: operation, y: [requests], split: status }
drill_down: endpoint
insights: errors
columns:
  status: { type: integer, title: Status }
  operation: { type: varchar, title: Operation }
  error_code: { type: varchar, title: Error code }
  requests: { type: bigint, title: Requests, unit: count }
  last_seen: { type: timestamp, title: Last seen }
note: Lifecycle and copy lines have no status of their own. The 500 combinations with the most requests.
*/
SELECT
  status,
  operation,
  error_code,
  count(*) AS requests,
  max(time) AS last_seen
FROM requests
GROUP BY 1, 2, 3
ORDER BY 4 DESC, 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST
LIMIT 500
