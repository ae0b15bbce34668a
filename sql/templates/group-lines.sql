/*
title: Groups
description: How many lines each group has, whether they are requests or not.
order: 0
group: Traffic
columns:
{{columns}}
  group_count: { type: bigint, title: Groups, unit: count }
note: The 100 groups with the most lines. The last row adds up all other groups and counts them.
*/
WITH grouped AS (
  SELECT
    {{groups}},
    {{lines}} AS lines,
    {{first_seen}} AS first_seen,
    {{last_seen}} AS last_seen
  FROM records
  GROUP BY {{numbers}}
),
ranked AS (
  SELECT
    *,
    row_number() OVER (ORDER BY lines DESC, {{order}}) AS place
  FROM grouped
)
SELECT
  {{shown}},
  count(*) AS group_count,
  CAST(sum(lines) AS bigint) AS lines,
  min(first_seen) AS first_seen,
  max(last_seen) AS last_seen
FROM ranked
GROUP BY CASE WHEN place <= 100 THEN place ELSE 101 END
ORDER BY min(place)
