/*
What a section reads as `requests`: the rows of the lake and, defined once here, what counts as a download, as an
upload, as a caller, as an endpoint and as a cache hit. An upload in parts is one upload, when it completes; a copy within S3 is none.
The caller is NULL for work that nobody asked for, such as a lifecycle rule's. An endpoint is a path without its query,
after the host where the log tells it. What caches say is ordered into hit, miss, pass (never cached) and other; a stale
answer comes from the cache too, and Fastly's HITPASS does not. The renderer adds which rows these are, and
takes from them what a report may not show.
*/
SELECT
  *,
  status BETWEEN 200 AND 299 AND operation LIKE '%.GET.OBJECT' AS is_download,
  status BETWEEN 200 AND 299
    AND (operation LIKE '%.PUT.OBJECT' OR operation LIKE '%.POST.OBJECT' OR operation LIKE '%.POST.UPLOAD')
    AS is_upload,
  CASE WHEN client_ip IS NOT NULL THEN coalesce(requester, 'anonymous') END AS caller,
  coalesce(host || path, path) AS endpoint,
  CASE
    WHEN cache_status IS NULL THEN NULL
    WHEN strpos(lower(cache_status), 'pass') > 0 OR lower(cache_status) IN ('dynamic', 'none') THEN 'pass'
    WHEN strpos(lower(cache_status), 'hit') > 0 OR lower(cache_status) IN ('stale', 'updating', 'revalidated') THEN 'hit'
    WHEN strpos(lower(cache_status), 'miss') > 0 OR lower(cache_status) = 'expired' THEN 'miss'
    ELSE 'other'
  END AS cache_result
