/*
Adds `record_kind` to mapped lines: NULL for a client's request, otherwise the reason why the line is not a request. This
is the only place that decides it, for all formats.

- lifecycle: work that S3 did on its own. S3 names such an operation S3.action.resource ("Amazon S3 server access log
  format").
- batch_item: an object of a DeleteObjects request; the request has a separate line.
- copy_read: S3's internal read for a copy; the copy has a separate line.
- checksum: a checksum that S3 computed on its own.
- connection, health_check: lines of a load balancer's connection and health check logs. Their formats set the operation.
- shield: a request that one of the CDN's own servers made for another one, which has the client's line.
- message: a line of an error log or of a program. It has text or a severity, and no status. A line with a severity, no
  text, and a method, a path or bytes is a request.
- unknown: only the time, and perhaps the name of the writer, was understood.

A line that matches no pattern of its format has no kind.
*/
SELECT
  *,
  CASE
    WHEN line IS NOT NULL THEN NULL
    WHEN operation LIKE 'S3.COMPUTE.%' THEN 'checksum'
    WHEN operation LIKE 'S3.%' THEN 'lifecycle'
    WHEN operation = 'BATCH.DELETE.OBJECT' THEN 'batch_item'
    WHEN operation IN ('REST.COPY.OBJECT_GET', 'REST.COPY.PART_GET') THEN 'copy_read'
    WHEN operation = 'CONNECTION' THEN 'connection'
    WHEN operation = 'HEALTH_CHECK' THEN 'health_check'
    WHEN operation = 'SHIELD' THEN 'shield'
    WHEN status IS NOT NULL THEN NULL
    WHEN message <> '' THEN 'message'
    WHEN operation IS NOT NULL OR method IS NOT NULL OR path IS NOT NULL
      OR bytes_sent IS NOT NULL OR bytes_received IS NOT NULL THEN NULL
    WHEN message IS NOT NULL OR level IS NOT NULL THEN 'message'
    WHEN coalesce(
        client_ip, query, protocol, error_code, referrer, user_agent, cache_status, edge_location, tls_version, tls_cipher)
      IS NULL AND object_size IS NULL AND duration_ms IS NULL AND server_ms IS NULL THEN 'unknown'
  END AS record_kind
FROM {{mapped}} AS mapped
