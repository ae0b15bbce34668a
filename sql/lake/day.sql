/* The figures of a day's manifest: what the lake stores of that day. */
SELECT
  count(*) AS parsed,
  coalesce(CAST(sum(copies) AS bigint), 0) AS deliveries,
  min(time) AS first_event,
  max(time) AS last_event,
  count(DISTINCT date_trunc('hour', time)) AS hours_with_lines,
  {{kinds}},
  (SELECT coalesce(CAST(sum(copies) AS bigint), 0) FROM {{rejected}}) AS rejected
FROM {{requests}}
