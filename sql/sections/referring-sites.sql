/*
title: Referring sites
description: Which sites sent visitors here.
note: The 100 sites with the most requests. A referrer that is not a URL has no site.
group: Who and what
order: 110
applies_to: [cdn, load-balancer, web]
requires: [referrer]
charts:
  - { kind: bars, title: Requests, x: site, y: [requests] }
*/
WITH pages AS (
  SELECT
    referrer,
    {{requests}} AS requests
  FROM requests
  WHERE referrer IS NOT NULL AND referrer <> ''
  GROUP BY 1
)
SELECT
  lower(regexp_extract(referrer, '^[A-Za-z][A-Za-z0-9+.-]*://([^/?#]+)', 1)) AS site,
  count(*) AS pages,
  CAST(sum(requests) AS bigint) AS requests
FROM pages
GROUP BY 1
ORDER BY 3 DESC, 1 NULLS LAST
LIMIT 100
