/*
title: Parameters
description: Which query parameters are used, for how many endpoints and with how many values.
note: The 200 most frequent parameters, as received. A request that contains a parameter twice counts twice.
group: Queries
order: 10
applies_to: [cdn, load-balancer, web]
requires: [query]
charts:
  - { kind: bars, title: Requests, x: parameter, y: [requests] }
drill_down: endpoint
*/
WITH queries AS (
  SELECT
    endpoint,
    query,
    {{requests}} AS requests
  FROM requests
  WHERE query IS NOT NULL AND query <> ''
  GROUP BY 1, 2
),
parts AS (
  SELECT endpoint, requests, parameter
  FROM queries
  CROSS JOIN UNNEST(split(query, '&')) AS parts (parameter)
)
SELECT
  split_part(parameter, '=', 1) AS parameter,
  CAST(sum(requests) AS bigint) AS requests,
  {{endpoints}} AS endpoints,
  count(DISTINCT CASE WHEN strpos(parameter, '=') > 0 THEN substr(parameter, strpos(parameter, '=') + 1) END) AS value_count,
  coalesce(CAST(sum(CASE WHEN strpos(parameter, '=') = 0 THEN requests END) AS bigint), 0) AS requests_without_value
FROM parts
WHERE parameter <> ''
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 200
