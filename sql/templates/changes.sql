/*
group: Changes
note: The {{most_of_a_kind}} largest differences of each kind (new, gone, risen, fallen).
charts:
  - { kind: bars, title: Difference in requests, x: [{{keys}}], y: [change] }
entity: [{{keys}}]
insights: changes
*/
WITH periods AS (
  SELECT {{selected}}, bytes_sent, true AS is_now FROM requests WHERE {{present}} IS NOT NULL
  UNION ALL
  SELECT {{selected}}, bytes_sent, false AS is_now FROM requests_before WHERE {{present}} IS NOT NULL
),
compared AS (
  SELECT
    {{keys}},
    {{requests where is_now}} AS requests,
    {{requests where NOT is_now}} AS requests_before,
    {{bytes_sent where is_now}} AS bytes_sent,
    {{bytes_sent where NOT is_now}} AS bytes_sent_before
  FROM periods
  GROUP BY {{keys}}
),
changes AS (
  SELECT
    *,
    CASE
      WHEN requests_before = 0 THEN 'new'
      WHEN requests = 0 THEN 'gone'
      WHEN requests > requests_before THEN 'risen'
      ELSE 'fallen'
    END AS kind,
    requests - requests_before AS change
  FROM compared
  WHERE requests <> requests_before
),
ranked AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY kind ORDER BY abs(change) DESC, {{keys}}) AS rank_in_kind
  FROM changes
)
SELECT
  kind,
  {{keys}},
  {{figures}}
FROM ranked
WHERE rank_in_kind <= {{most_of_a_kind}}
ORDER BY abs(change) DESC, {{keys}}
