/*
title: Top requesters
description: Who asked for the most, what they downloaded and uploaded, and how often they were refused.
order: 100
group: Who and what
applies_to: [storage]
charts:
  - { kind: bars, title: Requests, x: requester, y: [requests] }
entity: [requester]
mail:
  table: { labels: [requester], figures: [requests, bytes_sent, bytes_received] }
terminal: bars
insights: ranks
columns:
  requester: { type: varchar, title: Requester }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  downloads: { type: bigint, title: Downloads, unit: count }
  uploads: { type: bigint, title: Uploads, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  denied: { type: bigint, title: Denied (403), unit: count }
  first_seen: { type: timestamp, title: First seen }
  last_seen: { type: timestamp, title: Last seen }
note: The 100 requesters with the most requests; all anonymous ones count as one. What S3 did by itself is left out.
*/
SELECT
  coalesce(requester, 'anonymous') AS requester,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  count(*) FILTER (WHERE is_download) AS downloads,
  count(*) FILTER (WHERE is_upload) AS uploads,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  coalesce(CAST(sum(bytes_received) AS bigint), 0) AS bytes_received,
  count(*) FILTER (WHERE status >= 400) AS errors,
  count(*) FILTER (WHERE status = 403) AS denied,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM requests
WHERE client_ip IS NOT NULL
GROUP BY requests.requester
ORDER BY 2 DESC, 1
LIMIT 100
