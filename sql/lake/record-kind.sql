/*
Mapped lines with what each is: `record_kind` is NULL for a request of a client, and else says why the line is none. This
is the only place that decides it, for every format.

- lifecycle: what S3 did by itself. S3 names such an operation S3.action.resource ("Amazon S3 server access log format").
- batch_item: an object of a DeleteObjects request, which has a line of its own.
- copy_read: S3's inner read for a copy, which has a line of its own.
- checksum: a checksum that S3 computed by itself.
- connection, health_check: lines of a load balancer's connection and health check logs. Their formats set the operation.
- message: a line of an error log or of a program. It has text or a severity and no status. A line with a severity alone
  and with a method, a path or bytes is a request.
- unknown: nothing but a time, and who wrote the line, was understood.

A line that fits no pattern has no kind.
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
    WHEN status IS NOT NULL THEN NULL
    WHEN message <> '' THEN 'message'
    WHEN operation IS NOT NULL OR method IS NOT NULL OR path IS NOT NULL
      OR bytes_sent IS NOT NULL OR bytes_received IS NOT NULL THEN NULL
    WHEN message IS NOT NULL OR level IS NOT NULL THEN 'message'
    WHEN coalesce(
        client_ip, query, protocol, error_code, referrer, user_agent, cache_status, edge_location, tls_version, tls_cipher)
      IS NULL AND object_size IS NULL AND duration_ms IS NULL AND server_ms IS NULL THEN 'unknown'
  END AS record_kind
FROM (
{{mapped}}
) AS mapped
