/*
title: Status by operation
description: Which statuses each operation was answered with, and S3's error code if there is one.
note: The 500 combinations with the most requests.
group: Errors
order: 10
applies_to: [storage]
charts:
  - { kind: bars, title: Requests by status class, x: operation, y: [requests], split: status }
drill_down: endpoint
insights: errors
*/
SELECT
  status,
  operation,
  error_code,
  {{requests}} AS requests,
  {{last_seen}} AS last_seen
FROM requests
GROUP BY 1, 2, 3
ORDER BY 4 DESC, 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST
LIMIT 500
