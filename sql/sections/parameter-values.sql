/*
title: Values of parameters
description: With which values the query parameters come.
order: 372
group: Queries
applies_to: [cdn, load-balancer, web]
requires: [query]
drill_down: endpoint
columns:
  parameter: { type: varchar, title: Parameter }
  parameter_value: { type: varchar, title: Value }
  requests: { type: bigint, title: Requests, unit: count }
  errors: { type: bigint, title: Errors, unit: count }
note: The 300 pairs used most, as received.
*/
WITH queries AS (
  SELECT
    query,
    count(*) AS requests,
    count(*) FILTER (WHERE status >= 400) AS errors
  FROM requests
  WHERE query IS NOT NULL AND query <> ''
  GROUP BY 1
),
parts AS (
  SELECT requests, errors, parameter
  FROM queries
  CROSS JOIN UNNEST(split(query, '&')) AS parts (parameter)
),
given AS (
  SELECT
    parameter,
    CAST(sum(requests) AS bigint) AS requests,
    CAST(sum(errors) AS bigint) AS errors
  FROM parts
  WHERE parameter <> ''
  GROUP BY 1
  ORDER BY 2 DESC, 1
  LIMIT 300
)
SELECT
  split_part(parameter, '=', 1) AS parameter,
  CASE WHEN strpos(parameter, '=') > 0 THEN substr(parameter, strpos(parameter, '=') + 1) END AS parameter_value,
  requests,
  errors
FROM given
ORDER BY 3 DESC, 1, 2 NULLS LAST
