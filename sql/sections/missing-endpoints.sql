/*
title: Endpoints not found
description: Which requested endpoints do not exist (404), and which page linked to them.
note: The 200 endpoints with the most such requests. Of several referrers the first in text order is shown.
group: Errors
order: 80
applies_to: [cdn, load-balancer, web]
requires: [status]
charts:
  - { kind: bars, title: Requests, x: endpoint, y: [requests] }
columns:
  referrer: { title: Example referrer }
*/
SELECT
  endpoint,
  {{requests}} AS requests,
  {{clients}} AS clients,
  min(referrer) AS referrer,
  {{last_seen}} AS last_seen
FROM requests
WHERE status = 404
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 200
