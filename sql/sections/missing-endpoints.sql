/*
title: Endpoints not found
description: Which endpoints were asked for that do not exist (404), and from where.
order: 222
group: Errors
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: endpoint, y: [requests] }
columns:
  endpoint: { type: varchar, title: Endpoint }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  referrer: { type: varchar, title: A referrer }
  last_seen: { type: timestamp, title: Last seen }
note: The 200 with the most such requests. Of several referrers the first in text order is shown.
*/
SELECT
  endpoint,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  min(referrer) AS referrer,
  max(time) AS last_seen
FROM requests
WHERE status = 404
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 200
