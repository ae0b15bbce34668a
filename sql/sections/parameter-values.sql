/*
title: Values of parameters
description: Which values the query parameters have.
note: The 300 most frequent pairs of name and value, as received.
group: Queries
order: 20
applies_to: [cdn, load-balancer, web]
requires: [query]
drill_down: endpoint
*/
WITH queries AS (
  SELECT
    query,
    {{requests}} AS requests,
    {{errors}} AS errors
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
