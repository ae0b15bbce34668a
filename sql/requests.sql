/*
Defines `requests` for sections: the columns of the lake, and the definitions that all sections share. The renderer adds
FROM and WHERE, and removes what a report may not show.

- download: one object for one client. Ranges and answers that were cut off count as one download if together they reach
  the object's size within a day (UTC); sql/lake/download-parts.sql marks the last of them. In rows written before that
  column existed, each successful answer of S3 counts.
- upload: of an S3 object. A multipart upload is one upload, when it completes. A copy within S3 is neither.
- caller: the requester, or `anonymous`. NULL for work without a client, such as that of a lifecycle rule.
- endpoint: the path without its query, after the host if the log has one.
- error: status 400 to 599; larger numbers are not HTTP statuses. S3 also logs 200 with an error code, because a copy or an
  upload may fail after its status was sent: that is a server error, like status 500 to 599.
- denied: status 401 or 403.
- slow: longer than the configured slow_ms.
- cache result: the cache's status as hit, miss, pass (never cached) or other. A stale answer comes from the cache, so it
  is a hit; Fastly's HITPASS is not.
*/
SELECT
  *,
  coalesce(
    download IN ('whole', 'parts'),
    status BETWEEN 200 AND 299 AND error_code IS NULL AND operation LIKE '%.GET.OBJECT') AS is_download,
  status BETWEEN 200 AND 299 AND error_code IS NULL
    AND (operation LIKE '%.PUT.OBJECT' OR operation LIKE '%.POST.OBJECT' OR operation LIKE '%.POST.UPLOAD')
    AS is_upload,
  CASE WHEN client_ip IS NOT NULL THEN coalesce(requester, 'anonymous') END AS caller,
  coalesce(host || path, path) AS endpoint,
  status BETWEEN 400 AND 599 OR (status BETWEEN 200 AND 299 AND operation LIKE 'REST.%' AND error_code IS NOT NULL)
    AS is_error,
  status BETWEEN 500 AND 599 OR (status BETWEEN 200 AND 299 AND operation LIKE 'REST.%' AND error_code IS NOT NULL)
    AS is_server_error,
  status IN (401, 403) AS is_denied,
  CASE WHEN status BETWEEN 100 AND 599 THEN CAST(status / 100 AS varchar) || 'xx' ELSE 'none' END AS status_class,
  duration_ms > {{slow_ms}} AS is_slow,
  CASE
    WHEN cache_status IS NULL THEN NULL
    WHEN strpos(lower(cache_status), 'pass') > 0 OR lower(cache_status) IN ('dynamic', 'none') THEN 'pass'
    WHEN strpos(lower(cache_status), 'hit') > 0 OR lower(cache_status) IN ('stale', 'updating', 'revalidated') THEN 'hit'
    WHEN strpos(lower(cache_status), 'miss') > 0 OR lower(cache_status) = 'expired' THEN 'miss'
    ELSE 'other'
  END AS cache_result
