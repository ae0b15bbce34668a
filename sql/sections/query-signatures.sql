/*
title: Query signatures
description: Which sets of parameters the requests for each endpoint have.
note: A signature is the sorted names of all parameters of a query, each once. The 200 most frequent signatures.
group: Queries
order: 30
applies_to: [cdn, load-balancer, web]
requires: [query]
drill_down: endpoint
*/
WITH queries AS (
  SELECT
    endpoint,
    query,
    {{requests}} AS requests,
    {{errors}} AS errors,
    sum(CAST(duration_ms AS decimal(38, 3))) AS total_ms,
    count(duration_ms) AS timed
  FROM requests
  WHERE query IS NOT NULL AND query <> ''
  GROUP BY 1, 2
)
SELECT
  endpoint,
  array_join(array_sort(array_distinct(split(regexp_replace(query, '=[^&]*', ''), '&'))), '&') AS signature,
  CAST(sum(requests) AS bigint) AS requests,
  count(*) AS queries,
  CAST(sum(errors) AS bigint) AS errors,
  CAST(sum(total_ms) AS double) / nullif(CAST(sum(timed) AS bigint), 0) AS mean_ms
FROM queries
GROUP BY 1, 2
ORDER BY 3 DESC, 1 NULLS LAST, 2
LIMIT 200
