/*
title: Deletions
description: Who deleted objects, in which bucket, how many and when.
order: 160
group: Who and what
applies_to: [storage]
charts:
  - { kind: bars, title: Deletions, x: requester, y: [deleted, failed] }
columns:
  requester: { type: varchar, title: Requester }
  bucket: { type: varchar, title: Bucket }
  operation: { type: varchar, title: Operation }
  deleted: { type: bigint, title: Deleted, unit: count }
  failed: { type: bigint, title: Failed, unit: count }
  objects: { type: bigint, title: Objects, unit: count }
  first_seen: { type: timestamp, title: First seen }
  last_seen: { type: timestamp, title: Last seen }
note: >-
  Deletions by requests, in batches and by lifecycle rules; a delete marker counts as a deletion. The 500 rows with the
  most; the section Deleted objects names the objects.
*/
SELECT
  coalesce(requester, caller) AS requester,
  host AS bucket,
  operation,
  count(*) FILTER (WHERE status < 400 OR status IS NULL) AS deleted,
  count(*) FILTER (WHERE status >= 400) AS failed,
  count(DISTINCT path) AS objects,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM requests
WHERE path IS NOT NULL
  AND (operation LIKE '%.DELETE.OBJECT' OR operation IN ('S3.EXPIRE.OBJECT', 'S3.CREATE.DELETEMARKER'))
GROUP BY 1, 2, 3
ORDER BY 4 DESC, 5 DESC, 1 NULLS LAST, 2 NULLS LAST, 3
LIMIT 500
