/*
title: Remote users
description: Who was signed in, how much they asked for, and how often they were refused.
order: 146
group: Who and what
applies_to: [cdn, load-balancer, web]
requires: [requester]
charts:
  - { kind: bars, title: Requests, x: requester, y: [requests] }
columns:
  requester: { type: varchar, title: User }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  denied: { type: bigint, title: "Denied (401, 403)", unit: count }
  last_seen: { type: timestamp, title: Last seen }
note: The 100 with the most requests.
*/
SELECT
  requester,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  count(*) FILTER (WHERE status >= 400) AS errors,
  count(*) FILTER (WHERE status IN (401, 403)) AS denied,
  max(time) AS last_seen
FROM requests
WHERE requester IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
