/*
title: Changes among endpoints
description: Which endpoints are new or gone, and where requests rose or fell against the period before.
order: 615
group: Changes
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Difference in requests, x: endpoint, y: [change] }
entity: [endpoint]
mail:
  changes: { most_of_a_kind: 50 }
insights: changes
columns:
  kind: { type: varchar, title: Change }
  endpoint: { type: varchar, title: Endpoint }
  requests: { type: bigint, title: Requests, unit: count }
  requests_before: { type: bigint, title: Requests before, unit: count }
  change: { type: bigint, title: Difference, unit: count }
note: The 50 largest differences of each kind (new, gone, risen, fallen).
*/
WITH periods AS (
  SELECT endpoint, true AS is_now FROM requests WHERE endpoint IS NOT NULL
  UNION ALL
  SELECT endpoint, false AS is_now FROM requests_before WHERE endpoint IS NOT NULL
),
compared AS (
  SELECT
    endpoint,
    count(*) FILTER (WHERE is_now) AS requests,
    count(*) FILTER (WHERE NOT is_now) AS requests_before
  FROM periods
  GROUP BY 1
),
changes AS (
  SELECT
    CASE
      WHEN requests_before = 0 THEN 'new'
      WHEN requests = 0 THEN 'gone'
      WHEN requests > requests_before THEN 'risen'
      ELSE 'fallen'
    END AS kind,
    endpoint,
    requests,
    requests_before,
    requests - requests_before AS change
  FROM compared
  WHERE requests <> requests_before
),
ranked AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY kind ORDER BY abs(change) DESC, endpoint) AS rank_in_kind
  FROM changes
)
SELECT
  kind,
  endpoint,
  requests,
  requests_before,
  change
FROM ranked
WHERE rank_in_kind <= 50
ORDER BY abs(change) DESC, endpoint
