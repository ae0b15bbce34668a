/*
title: Top objects by requests
description: Which objects were asked for most often.
order: 120
group: Who and what
applies_to: [storage]
charts:
  - { kind: bars, title: Requests, x: [bucket, object], y: [requests] }
entity: [bucket, object]
terminal: bars
insights: ranks
columns:
  bucket: { type: varchar, title: Bucket }
  object: { type: varchar, title: Object }
  requests: { type: bigint, title: Requests, unit: count }
  downloads: { type: bigint, title: Downloads, unit: count }
  uploads: { type: bigint, title: Uploads, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  last_seen: { type: timestamp, title: Last seen }
note: The 100 objects with the most requests.
*/
SELECT
  host AS bucket,
  path AS object,
  count(*) AS requests,
  count(*) FILTER (WHERE is_download) AS downloads,
  count(*) FILTER (WHERE is_upload) AS uploads,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  coalesce(CAST(sum(bytes_received) AS bigint), 0) AS bytes_received,
  count(*) FILTER (WHERE status >= 400) AS errors,
  max(time) AS last_seen
FROM requests
WHERE path IS NOT NULL
GROUP BY 1, 2
ORDER BY 3 DESC, 1 NULLS LAST, 2
LIMIT 100
