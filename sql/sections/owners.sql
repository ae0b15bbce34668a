/*
title: Owners
description: How much each owner (team or customer) of the configuration requested, and how often it failed.
order: 90
group: Who and what
charts:
  - { kind: bars, title: Requests, x: owner, y: [requests] }
terminal: bars
columns:
  owner: { type: varchar, title: Owner }
  requests: { type: bigint, title: Requests, unit: count }
  requesters: { type: bigint, title: Requesters, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  downloads: { type: bigint, title: Downloads, unit: count }
  uploads: { type: bigint, title: Uploads, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  denied: { type: bigint, title: Denied (403), unit: count }
note: >-
  The owner of a request is that of its requester, else that of the client address, else that of the folder it asks for.
  Requests without an owner are one row. What S3 did by itself is left out.
*/
SELECT
  coalesce(owner, 'without an owner') AS owner,
  count(*) AS requests,
  count(DISTINCT requester) AS requesters,
  count(DISTINCT client_ip) AS clients,
  CASE WHEN count(operation) > 0 THEN count(*) FILTER (WHERE is_download) END AS downloads,
  CASE WHEN count(operation) > 0 THEN count(*) FILTER (WHERE is_upload) END AS uploads,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  coalesce(CAST(sum(bytes_received) AS bigint), CASE WHEN count(operation) > 0 THEN 0 END) AS bytes_received,
  count(*) FILTER (WHERE status >= 400) AS errors,
  count(*) FILTER (WHERE status = 403) AS denied
FROM requests
WHERE client_ip IS NOT NULL
GROUP BY requests.owner
ORDER BY 2 DESC, 1
LIMIT 1000
