/*
title: File types
description: How many requests and bytes went to each type of file, by the end of its name.
note: The 100 types with the most requests. Access logs do not contain the media type of an answer.
group: Who and what
order: 80
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Bytes sent, x: file_type, y: [bytes_sent] }
*/
WITH endpoints AS (
  SELECT
    endpoint,
    path,
    {{requests}} AS requests,
    {{bytes_sent}} AS bytes_sent,
    count(bytes_sent) AS sized_requests,
    {{errors}} AS errors
  FROM requests
  WHERE path IS NOT NULL
  GROUP BY 1, 2
)
SELECT
  coalesce(lower(regexp_extract(path, '[^/]*[.]([A-Za-z0-9]{1,8})$', 1)), 'none') AS file_type,
  count(*) AS endpoints,
  CAST(sum(requests) AS bigint) AS requests,
  CAST(sum(bytes_sent) AS bigint) AS bytes_sent,
  CAST(sum(bytes_sent) AS double) / nullif(CAST(sum(sized_requests) AS bigint), 0) AS mean_bytes,
  CAST(sum(errors) AS bigint) AS errors
FROM endpoints
GROUP BY 1
ORDER BY 3 DESC, 1
LIMIT 100
