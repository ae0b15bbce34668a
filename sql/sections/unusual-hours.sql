/*
title: Unusual hours
description: Which hours have an unusual number of requests or an unusual response time.
note: >-
  Hours with a z score beyond 3 or a robust score beyond 3.5. The z score is the distance from the mean in standard
  deviations. The robust score is the distance from the median (usual) in median absolute deviations; a few extreme hours
  hardly affect it. The 100 most unusual hours, of at least 12. Hours without a request, between the first request and
  the last, count as 0 requests and have no response time. If most hours are like that, they are left out.
group: Traffic
order: 100
applies_to: [cdn, load-balancer, web]
*/
WITH hours AS (
  SELECT
    hour,
    requests * 1000 AS requests,
    CASE WHEN max_ms < 1E6 THEN CAST(round(mean_ms * 1E3) AS bigint) END AS mean_ms,
    2 * count(CASE WHEN requests = 0 THEN 1 END) OVER () > count(*) OVER () AS is_mostly_empty
  FROM requests_by_hour
),
-- Integers of thousandths, because their sums do not depend on the order of rows.
figures AS (
  SELECT
    measure,
    hour,
    CASE
      WHEN measure <> 'requests' THEN mean_ms
      WHEN requests > 0 OR NOT is_mostly_empty THEN requests
    END AS figure
  FROM hours
  CROSS JOIN (VALUES ('requests'), ('mean response time, ms')) AS measures (measure)
),
ranked AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY measure ORDER BY figure, hour) AS place,
    count(*) OVER (PARTITION BY measure) AS hours,
    sum(CAST(figure AS decimal(38, 3))) OVER (PARTITION BY measure) AS total
  FROM figures
  WHERE figure IS NOT NULL
),
centred AS (
  SELECT
    *,
    max(CASE WHEN place = (hours + 1) / 2 THEN figure END) OVER (PARTITION BY measure) AS median,
    CAST(total AS double) / hours AS mean
  FROM ranked
),
spread AS (
  SELECT
    *,
    abs(figure - median) AS deviation,
    row_number() OVER (PARTITION BY measure ORDER BY abs(figure - median), hour) AS deviation_place,
    sum(CAST(round((figure - mean) * (figure - mean)) AS decimal(38, 0))) OVER (PARTITION BY measure) AS squares
  FROM centred
),
scored AS (
  SELECT
    hour,
    measure,
    figure / 1E3 AS figure,
    median / 1E3 AS usual,
    (figure - mean) / nullif(sqrt(CAST(squares AS double) / hours), 0E0) AS z_score,
    6.745E-1 * (figure - median)
      / nullif(max(CASE WHEN deviation_place = (hours + 1) / 2 THEN deviation END) OVER (PARTITION BY measure), 0)
      AS robust_score
  FROM spread
  WHERE hours >= 12
)
SELECT
  hour,
  measure,
  figure,
  usual,
  z_score,
  robust_score
FROM scored
WHERE abs(z_score) > 3E0 OR abs(robust_score) > 3.5E0
ORDER BY abs(coalesce(robust_score, z_score)) DESC, hour, measure
LIMIT 100
