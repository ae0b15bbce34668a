/*
title: Top prefixes
description: Under which prefixes, two folders deep, the requests and bytes fell.
order: 140
group: Who and what
applies_to: [storage]
charts:
  - { kind: bars, title: Bytes, x: [bucket, prefix], y: [bytes_sent, bytes_received] }
columns:
  bucket: { type: varchar, title: Bucket }
  prefix: { type: varchar, title: Prefix }
  objects: { type: bigint, title: Objects, unit: count }
  requests: { type: bigint, title: Requests, unit: count }
  downloads: { type: bigint, title: Downloads, unit: count }
  uploads: { type: bigint, title: Uploads, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
note: The 100 prefixes with the most requests; the prefix of an object outside any folder is empty.
*/
WITH objects AS (
  SELECT
    host,
    path,
    count(*) AS requests,
    count(*) FILTER (WHERE is_download) AS downloads,
    count(*) FILTER (WHERE is_upload) AS uploads,
    coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
    coalesce(CAST(sum(bytes_received) AS bigint), 0) AS bytes_received,
    count(*) FILTER (WHERE status >= 400) AS errors
  FROM requests
  WHERE path IS NOT NULL
  GROUP BY 1, 2
)
SELECT
  host AS bucket,
  coalesce(regexp_extract(path, '^[^/]*/(?:[^/]*/)?'), '') AS prefix,
  count(*) AS objects,
  CAST(sum(requests) AS bigint) AS requests,
  CAST(sum(downloads) AS bigint) AS downloads,
  CAST(sum(uploads) AS bigint) AS uploads,
  CAST(sum(bytes_sent) AS bigint) AS bytes_sent,
  CAST(sum(bytes_received) AS bigint) AS bytes_received,
  CAST(sum(errors) AS bigint) AS errors
FROM objects
GROUP BY 1, 2
ORDER BY 4 DESC, 1 NULLS LAST, 2
LIMIT 100
