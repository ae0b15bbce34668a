/*
title: Top clients
description: Which addresses asked for the most, what they downloaded and uploaded, and how often they were refused.
order: 110
group: Who and what
applies_to: [storage, cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: client_ip, y: [requests] }
entity: [client_ip]
terminal: bars
drill_down: endpoint
insights: ranks
columns:
  client_ip: { type: varchar, title: Client }
  requests: { type: bigint, title: Requests, unit: count }
  downloads: { type: bigint, title: Downloads, unit: count }
  uploads: { type: bigint, title: Uploads, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  denied: { type: bigint, title: Denied (403), unit: count }
  first_seen: { type: timestamp, title: First seen }
  last_seen: { type: timestamp, title: Last seen }
note: The 100 addresses with the most requests.
*/
SELECT
  client_ip,
  count(*) AS requests,
  CASE WHEN count(operation) > 0 THEN count(*) FILTER (WHERE is_download) END AS downloads,
  CASE WHEN count(operation) > 0 THEN count(*) FILTER (WHERE is_upload) END AS uploads,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  coalesce(CAST(sum(bytes_received) AS bigint), CASE WHEN count(operation) > 0 THEN 0 END) AS bytes_received,
  count(*) FILTER (WHERE status >= 400) AS errors,
  count(*) FILTER (WHERE status = 403) AS denied,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM requests
WHERE client_ip IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
