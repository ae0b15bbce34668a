/*
What a section reads as `requests`: the rows of the lake and, defined once here, what counts as a download, as an
upload and as a caller. An upload in parts is one upload, when it completes; a copy within S3 is none.
The caller is NULL for work that nobody asked for, such as a lifecycle rule's. The renderer adds which rows these are, and
takes from them what a report may not show.
*/
SELECT
  *,
  status BETWEEN 200 AND 299 AND operation LIKE '%.GET.OBJECT' AS is_download,
  status BETWEEN 200 AND 299
    AND (operation LIKE '%.PUT.OBJECT' OR operation LIKE '%.POST.OBJECT' OR operation LIKE '%.POST.UPLOAD')
    AS is_upload,
  CASE WHEN client_ip IS NOT NULL THEN coalesce(requester, 'anonymous') END AS caller
