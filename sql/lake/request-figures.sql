/* The figures of requests in the lake that the manifest of their day has. */
SELECT
  count(*) AS parsed,
  coalesce(CAST(sum(copies) AS bigint), 0) AS deliveries,
  min(time) AS first_event,
  max(time) AS last_event,
  count(DISTINCT date_trunc('hour', time)) AS hours_with_lines,
  {{kinds}}
FROM {{requests}}
