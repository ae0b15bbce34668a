/*
title: Changes among objects
description: Which objects are newly asked for or no longer, and whose requests rose or fell against the period before.
order: 610
group: Changes
applies_to: [storage]
charts:
  - { kind: bars, title: Difference in requests, x: [bucket, object], y: [change] }
entity: [bucket, object]
mail:
  changes: { most_of_a_kind: 50 }
insights: changes
columns:
  kind: { type: varchar, title: Change }
  bucket: { type: varchar, title: Bucket }
  object: { type: varchar, title: Object }
  requests: { type: bigint, title: Requests, unit: count }
  requests_before: { type: bigint, title: Requests before, unit: count }
  change: { type: bigint, title: Difference, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_sent_before: { type: bigint, title: Bytes sent before, unit: bytes }
note: >-
  The 50 largest differences of each kind (new, gone, risen, fallen).
*/
WITH periods AS (
  SELECT host AS bucket, path AS object, bytes_sent, true AS is_now FROM requests WHERE path IS NOT NULL
  UNION ALL
  SELECT host AS bucket, path AS object, bytes_sent, false AS is_now FROM requests_before WHERE path IS NOT NULL
),
compared AS (
  SELECT
    bucket,
    object,
    count(*) FILTER (WHERE is_now) AS requests,
    count(*) FILTER (WHERE NOT is_now) AS requests_before,
    coalesce(CAST(sum(bytes_sent) FILTER (WHERE is_now) AS bigint), 0) AS bytes_sent,
    coalesce(CAST(sum(bytes_sent) FILTER (WHERE NOT is_now) AS bigint), 0) AS bytes_sent_before
  FROM periods
  GROUP BY 1, 2
),
changes AS (
  SELECT
    CASE
      WHEN requests_before = 0 THEN 'new'
      WHEN requests = 0 THEN 'gone'
      WHEN requests > requests_before THEN 'risen'
      ELSE 'fallen'
    END AS kind,
    bucket,
    object,
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
    row_number() OVER (PARTITION BY kind ORDER BY abs(change) DESC, bucket NULLS LAST, object) AS rank_in_kind
  FROM changes
)
SELECT
  kind,
  bucket,
  object,
  requests,
  requests_before,
  change,
  bytes_sent,
  bytes_sent_before
FROM ranked
WHERE rank_in_kind <= 50
ORDER BY abs(change) DESC, bucket NULLS LAST, object
