/*
title: Endpoints not found
description: Which endpoints were asked for that do not exist (404), and from where.
note: The 200 with the most such requests. Of several referrers the first in text order is shown.
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
