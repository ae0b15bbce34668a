/*
title: File types
description: Which types of files, by the end of their names, the requests and bytes fell on.
order: 135
group: Who and what
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Bytes sent, x: file_type, y: [bytes_sent] }
columns:
  file_type: { type: varchar, title: File type }
  endpoints: { type: bigint, title: Endpoints, unit: count }
  requests: { type: bigint, title: Requests, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  mean_bytes: { type: double, title: Mean size, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
note: The 100 with the most requests. Access logs do not tell the media type of an answer, so names have to.
*/
WITH endpoints AS (
  SELECT
    endpoint,
    path,
    count(*) AS requests,
    coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
    count(*) FILTER (WHERE status >= 400) AS errors
  FROM requests
  WHERE path IS NOT NULL
  GROUP BY 1, 2
)
SELECT
  coalesce(lower(regexp_extract(path, '[^/]*[.]([A-Za-z0-9]{1,8})$', 1)), 'none') AS file_type,
  count(*) AS endpoints,
  CAST(sum(requests) AS bigint) AS requests,
  CAST(sum(bytes_sent) AS bigint) AS bytes_sent,
  CAST(sum(bytes_sent) AS double) / sum(requests) AS mean_bytes,
  CAST(sum(errors) AS bigint) AS errors
FROM endpoints
GROUP BY 1
ORDER BY 3 DESC, 1
LIMIT 100
