/*
title: Deletions
description: Who deleted objects, in which bucket, how many and when.
note: >-
  Deletions by requests, in batches and by lifecycle rules; a delete marker counts as a deletion. The kind is empty for
  requests, batch_item for objects of a batch, and lifecycle for S3's own work. The 500 rows with the most deletions; the
  section Deleted objects lists the objects.
group: Who and what
order: 180
applies_to: [storage]
charts:
  - { kind: bars, title: Deletions, x: requester, y: [deleted, failed] }
*/
SELECT
  coalesce(requester, caller) AS requester,
  host AS bucket,
  operation,
  record_kind,
  {{lines where status < 400 OR status IS NULL}} AS deleted,
  {{lines where is_error}} AS failed,
  count(DISTINCT path) AS objects,
  {{first_seen}} AS first_seen,
  {{last_seen}} AS last_seen
FROM records
WHERE path IS NOT NULL
  AND (operation LIKE '%.DELETE.OBJECT' OR operation IN ('S3.EXPIRE.OBJECT', 'S3.CREATE.DELETEMARKER'))
GROUP BY 1, 2, 3, 4
ORDER BY 5 DESC, 6 DESC, 1 NULLS LAST, 2 NULLS LAST, 3, 4 NULLS LAST
LIMIT 500
