/*
title: Referrers
description: Which pages sent visitors here.
order: 142
group: Who and what
applies_to: [cdn, load-balancer, web]
requires: [referrer]
columns:
  referrer: { type: varchar, title: Referrer }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  errors: { type: bigint, title: Errors, unit: count }
  last_seen: { type: timestamp, title: Last seen }
note: The 100 with the most requests.
*/
SELECT
  referrer,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  count(*) FILTER (WHERE status >= 400) AS errors,
  max(time) AS last_seen
FROM requests
WHERE referrer IS NOT NULL AND referrer <> ''
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
