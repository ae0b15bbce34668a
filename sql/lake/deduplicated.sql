/*
One row a request: S3 may deliver a line more than once, and a request id, operation and key name it. `copies` keeps how
often it came. Lines without a request id are all their own.
*/
SELECT {{columns}}, CASE WHEN request_id IS NULL THEN 1 ELSE deliveries END AS copies
FROM (
  SELECT
    *,
    count(*) OVER (PARTITION BY {{within}}request_id, operation, path) AS deliveries,
    row_number() OVER (
      PARTITION BY {{within}}request_id, operation, path
      ORDER BY time, status NULLS LAST, bytes_sent NULLS LAST, duration_ms NULLS LAST, log_object
    ) AS delivery
  FROM {{mapped}}
)
WHERE delivery = 1 OR request_id IS NULL
