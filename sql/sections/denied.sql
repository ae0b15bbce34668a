/*
title: Denied requests
description: Which requests of whom were refused (401, 403), how often and with which error code.
note: The 500 combinations with the most requests. Of several clients the first in text order is shown.
group: Errors
order: 60
applies_to: [storage]
charts:
  - { kind: bars, title: Denied requests by requester, x: requester, y: [requests] }
mail:
  table: { labels: [requester, object, operation], figures: [requests, clients] }
drill_down: endpoint
columns:
  client_ip: { title: Example client }
*/
SELECT
  coalesce(requester, caller) AS requester,
  host AS bucket,
  path AS object,
  operation,
  error_code,
  {{requests}} AS requests,
  {{clients}} AS clients,
  min(client_ip) AS client_ip,
  {{first_seen}} AS first_seen,
  {{last_seen}} AS last_seen
FROM requests
WHERE is_denied
GROUP BY 1, 2, 3, 4, 5
ORDER BY 6 DESC, 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST, 4 NULLS LAST, 5 NULLS LAST
LIMIT 500
