/*
Deduplicates mapped rows: one row per request, because log services may deliver a line more than once. A duplicate has both
the request id and the whole line of another row. Several lines may share a request id, for example one per version that a
call deletes, or one per call of a trace. `copies` is the number of deliveries. Lines without a request id are never
duplicates.
*/
SELECT {{columns}}, CASE WHEN request_id IS NULL THEN 1 ELSE deliveries END AS copies
FROM (
  SELECT
    *,
    count(*) OVER (PARTITION BY {{within}}request_id, {{line}}) AS deliveries,
    row_number() OVER (PARTITION BY {{within}}request_id, {{line}} ORDER BY log_object) AS delivery
  FROM {{mapped}}
)
WHERE delivery = 1 OR request_id IS NULL
