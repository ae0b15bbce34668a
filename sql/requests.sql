/*
What sections read as `requests`: the columns of the lake, and the definitions that all sections share. The renderer adds
FROM and WHERE, and takes out what a report may not show.

- download, upload: of S3 objects, if they succeeded. An upload in parts is one upload, when it completes. A copy within
  S3 is neither.
- caller: who asked. NULL for what nobody asked for, such as the work of a lifecycle rule.
- endpoint: the path without its query, after the host if the log has it.
- error: status 400 to 599. A number above that is no HTTP status.
- denied: status 401 or 403.
- slow: took longer than slow_ms of the configuration.
- cache result: what caches say, as hit, miss, pass (never cached) or other. A stale answer comes from the cache, so it is
  a hit; Fastly's HITPASS is not.
*/
SELECT
  *,
  status BETWEEN 200 AND 299 AND operation LIKE '%.GET.OBJECT' AS is_download,
  status BETWEEN 200 AND 299
    AND (operation LIKE '%.PUT.OBJECT' OR operation LIKE '%.POST.OBJECT' OR operation LIKE '%.POST.UPLOAD')
    AS is_upload,
  CASE WHEN client_ip IS NOT NULL THEN coalesce(requester, 'anonymous') END AS caller,
  coalesce(host || path, path) AS endpoint,
  status BETWEEN 400 AND 599 AS is_error,
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
