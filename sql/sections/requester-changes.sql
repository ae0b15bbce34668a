/*
title: Changes among requesters
description: Which requesters are new or gone, and whose requests rose or fell against the period before.
order: 600
group: Changes
applies_to: [storage]
charts:
  - { kind: bars, title: Difference in requests, x: requester, y: [change] }
entity: [requester]
mail:
  changes: { most_of_a_kind: 50 }
insights: changes
columns:
  kind: { type: varchar, title: Change }
  requester: { type: varchar, title: Requester }
  requests: { type: bigint, title: Requests, unit: count }
  requests_before: { type: bigint, title: Requests before, unit: count }
  change: { type: bigint, title: Difference, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_sent_before: { type: bigint, title: Bytes sent before, unit: bytes }
note: >-
  The 50 largest differences of each kind (new, gone, risen, fallen). All anonymous requesters count as one.
*/
WITH periods AS (
  SELECT caller AS requester, bytes_sent, true AS is_now FROM requests WHERE caller IS NOT NULL
  UNION ALL
  SELECT caller AS requester, bytes_sent, false AS is_now FROM requests_before WHERE caller IS NOT NULL
),
compared AS (
  SELECT
    requester,
    count(*) FILTER (WHERE is_now) AS requests,
    count(*) FILTER (WHERE NOT is_now) AS requests_before,
    coalesce(CAST(sum(bytes_sent) FILTER (WHERE is_now) AS bigint), 0) AS bytes_sent,
    coalesce(CAST(sum(bytes_sent) FILTER (WHERE NOT is_now) AS bigint), 0) AS bytes_sent_before
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
    requester,
    requests,
    requests_before,
    requests - requests_before AS change,
    bytes_sent,
    bytes_sent_before
  FROM compared
  WHERE requests <> requests_before
),
ranked AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY kind ORDER BY abs(change) DESC, requester) AS rank_in_kind
  FROM changes
)
SELECT
  kind,
  requester,
  requests,
  requests_before,
  change,
  bytes_sent,
  bytes_sent_before
FROM ranked
WHERE rank_in_kind <= 50
ORDER BY abs(change) DESC, requester
