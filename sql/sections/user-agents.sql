/*
title: User agents
description: With which programs the requests were made, and how often those failed.
order: 150
group: Who and what
applies_to: [storage, cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: user_agent, y: [requests] }
drill_down: endpoint
columns:
  user_agent: { type: varchar, title: User agent }
  requests: { type: bigint, title: Requests, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  last_seen: { type: timestamp, title: Last seen }
note: The 100 user agents with the most requests. What the storage service did by itself is left out.
*/
SELECT
  user_agent,
  count(*) AS requests,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  coalesce(CAST(sum(bytes_received) AS bigint), CASE WHEN count(operation) > 0 THEN 0 END) AS bytes_received,
  count(*) FILTER (WHERE status >= 400) AS errors,
  max(time) AS last_seen
FROM requests
WHERE client_ip IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 100
