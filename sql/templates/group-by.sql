/*
title: Groups
description: How many requests each group has, and how they were answered.
order: 0
group: Traffic
columns:
{{columns}}
  group_count: { type: bigint, title: Groups, unit: count }
note: >-
  The 100 groups with the most requests. The last row adds up all other groups and counts them; it has neither clients nor
  percentile.
*/
WITH grouped AS (
  SELECT
    {{groups}},
    {{requests}} AS requests,
    {{clients}} AS clients,
    {{errors}} AS errors,
    {{answered}} AS answered,
    {{bytes_sent}} AS bytes_sent,
    sum(CAST(duration_ms AS decimal(38, 3))) AS total_ms,
    count(duration_ms) AS timed,
    {{p95_ms}} AS p95_ms,
    {{hits}} AS hits,
    count(*) FILTER (WHERE cache_result IN ('hit', 'miss')) AS lookups
  FROM requests
  GROUP BY {{numbers}}
),
ranked AS (
  SELECT
    *,
    row_number() OVER (ORDER BY requests DESC, {{order}}) AS place
  FROM grouped
)
SELECT
  {{shown}},
  count(*) AS group_count,
  CAST(sum(requests) AS bigint) AS requests,
  max(CASE WHEN place <= 100 THEN clients END) AS clients,
  CAST(sum(errors) AS bigint) AS errors,
  1E2 * CAST(sum(errors) AS bigint) / nullif(CAST(sum(answered) AS bigint), 0) AS error_percent,
  CAST(sum(bytes_sent) AS bigint) AS bytes_sent,
  CAST(sum(total_ms) AS double) / nullif(CAST(sum(timed) AS bigint), 0) AS mean_ms,
  max(CASE WHEN place <= 100 THEN p95_ms END) AS p95_ms,
  1E2 * CAST(sum(hits) AS bigint) / nullif(CAST(sum(lookups) AS bigint), 0) AS hit_percent
FROM ranked
GROUP BY CASE WHEN place <= 100 THEN place ELSE 101 END
ORDER BY min(place)
