/*
title: Top objects by bytes
description: Which objects caused the most bytes sent and received.
order: 130
group: Who and what
applies_to: [storage]
charts:
  - { kind: bars, title: Bytes, x: [bucket, object], y: [bytes_sent, bytes_received] }
mail:
  table: { labels: [object, bucket], figures: [requests, bytes_sent, bytes_received] }
terminal: bars
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
note: The 100 objects with the most bytes sent and received together.
*/
WITH objects AS (
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
)
SELECT
  bucket,
  object,
  requests,
  downloads,
  uploads,
  bytes_sent,
  bytes_received,
  errors,
  last_seen
FROM objects
ORDER BY CAST(bytes_sent AS double) + bytes_received DESC, bucket NULLS LAST, object
LIMIT 100
