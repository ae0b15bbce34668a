/*
title: Parameters
description: Which query parameters are used, where, and with how many values.
order: 370
group: Queries
applies_to: [cdn, load-balancer, web]
requires: [query]
charts:
  - { kind: bars, title: Requests, x: parameter, y: [requests] }
drill_down: endpoint
columns:
  parameter: { type: varchar, title: Parameter }
  requests: { type: bigint, title: Requests, unit: count }
  endpoints: { type: bigint, title: Endpoints, unit: count }
  value_count: { type: bigint, title: Values, unit: count }
  requests_without_value: { type: bigint, title: Without a value, unit: count }
note: The 200 used most. A request that gives a parameter twice counts twice. Names as received.
*/
WITH queries AS (
  SELECT
    endpoint,
    query,
    count(*) AS requests
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
  count(DISTINCT endpoint) AS endpoints,
  count(DISTINCT CASE WHEN strpos(parameter, '=') > 0 THEN substr(parameter, strpos(parameter, '=') + 1) END) AS value_count,
  coalesce(CAST(sum(CASE WHEN strpos(parameter, '=') = 0 THEN requests END) AS bigint), 0) AS requests_without_value
FROM parts
WHERE parameter <> ''
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 200
