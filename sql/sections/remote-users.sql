/*
title: Remote users
description: Which users were signed in, how much they requested, and how often they were refused.
note: The 100 users with the most requests.
group: Who and what
order: 120
applies_to: [cdn, load-balancer, web]
requires: [requester]
charts:
  - { kind: bars, title: Requests, x: requester, y: [requests] }
columns:
  requester: { title: User }
*/
SELECT
  requester,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{bytes_sent}} AS bytes_sent,
  {{errors}} AS errors,
  {{denied}} AS denied,
  {{last_seen}} AS last_seen
FROM requests
WHERE requester IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
