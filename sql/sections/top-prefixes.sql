/*
title: Top prefixes
description: How many requests and bytes each prefix has, two folders deep.
note: The 100 prefixes with the most requests. Objects outside any folder have an empty prefix.
group: Who and what
order: 90
applies_to: [storage]
charts:
  - { kind: bars, title: Bytes, x: [bucket, prefix], y: [bytes_sent, bytes_received] }
*/
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
