/*
Merges a day of which some raw logs are gone: the rows that the lake already has, and the rows of new or changed logs.

Rows with equal values in the columns `{{matched}}` are paired one to one. A row takes part

- if it has a request id: a delivery then stays one row, whichever log contains it;
- if it may be on both sides: a row from a log that is gone or has changed, or a row from a log that may repeat the same
  lines under another name. Other lines without a request id are never paired.

`origin` is `kept` for rows of the lake, `again` for rows of a log that may repeat them, and `added` for rows of a log
that was never read before: each of those is one more delivery.
*/
WITH marked AS (
  SELECT {{columns}}, copies, 'kept' AS origin, {{may_return}} AS is_open FROM {{kept}}
  UNION ALL
  SELECT {{columns}}, copies, CASE WHEN {{may_repeat}} THEN 'again' ELSE 'added' END AS origin, {{may_repeat}} AS is_open
  FROM {{fresh}}
),
placed AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY {{matched}}, origin, is_paired ORDER BY log_object) AS place,
    CASE WHEN is_paired THEN '' ELSE origin END AS apart
  FROM (SELECT *, {{has_identity}} OR is_open AS is_paired FROM marked)
),
paired AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY {{matched}}, apart, place
      ORDER BY CASE origin WHEN 'again' THEN 1 WHEN 'kept' THEN 2 ELSE 3 END, log_object
    ) AS choice,
    max(CASE WHEN origin = 'added' THEN 0 ELSE copies END) OVER (PARTITION BY {{matched}}, apart, place) AS known_copies,
    sum(CASE WHEN origin = 'added' THEN copies ELSE 0 END) OVER (PARTITION BY {{matched}}, apart, place) AS more_copies
  FROM placed
)
SELECT {{columns}}, CAST(known_copies + more_copies AS bigint) AS copies
FROM paired
WHERE choice = 1
