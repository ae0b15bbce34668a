/*
title: Denied requests
description: Who was refused what (403), how often and with which error code.
order: 210
group: Errors
applies_to: [storage]
charts:
  - { kind: bars, title: Denied requests by requester, x: requester, y: [requests] }
mail:
  table: { labels: [requester, object, operation], figures: [requests, clients] }
drill_down: endpoint
columns:
  requester: { type: varchar, title: Requester }
  bucket: { type: varchar, title: Bucket }
  object: { type: varchar, title: Object }
  operation: { type: varchar, title: Operation }
  error_code: { type: varchar, title: Error code }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  client_ip: { type: varchar, title: A client }
  first_seen: { type: timestamp, title: First seen }
  last_seen: { type: timestamp, title: Last seen }
note: The 500 combinations with the most requests. Of several clients the first in text order is shown.
*/
SELECT
  coalesce(requester, caller) AS requester,
  host AS bucket,
  path AS object,
  operation,
  error_code,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  min(client_ip) AS client_ip,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM requests
WHERE status = 403
GROUP BY 1, 2, 3, 4, 5
ORDER BY 6 DESC, 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST, 4 NULLS LAST, 5 NULLS LAST
LIMIT 500
