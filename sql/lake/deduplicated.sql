/*
One row per request: log services may deliver a line more than once. A duplicate has the request id and the whole line of
another row; a request id alone may name several lines, such as one per version that a call deletes, or one per call of a
trace. `copies` keeps how often the line came. Lines without a request id are all their own.
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
