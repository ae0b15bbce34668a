/*
Adds `download` to requests: whole, part, or NULL if the request delivered nothing of an object.

A download is a GET that S3, or an edge location of a CDN, answered with 200 or 206 and without an error code. It is whole
if the bytes sent reach the object's size. If the log has no size, an answer with status 200 is whole. All others are
parts: ranges, and answers that were cut off.
*/
SELECT
  *,
  CASE
    WHEN record_kind IS NOT NULL OR error_code IS NOT NULL OR method <> 'GET' OR coalesce(status, 0) NOT IN (200, 206)
    THEN NULL
    WHEN operation NOT LIKE '%.GET.OBJECT' OR (operation IS NULL AND (edge_location IS NULL OR method IS NULL)) THEN NULL
    WHEN bytes_sent >= object_size OR (status = 200 AND coalesce(object_size, 0) = 0) THEN 'whole'
    ELSE 'part'
  END AS download
FROM {{rows}}
