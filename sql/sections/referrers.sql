/*
title: Referrers
description: Which pages sent visitors here.
note: The 100 pages with the most requests.
group: Who and what
order: 100
applies_to: [cdn, load-balancer, web]
requires: [referrer]
*/
SELECT
  referrer,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{errors}} AS errors,
  {{last_seen}} AS last_seen
FROM requests
WHERE referrer IS NOT NULL AND referrer <> ''
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
