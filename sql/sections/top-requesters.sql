/*
title: Top requesters
description: Who sent the most requests, what they downloaded and uploaded, and how often they were refused.
note: The 100 requesters with the most requests. All anonymous requests count as one requester. S3's own work is left out.
group: Who and what
order: 20
applies_to: [storage]
charts:
  - { kind: bars, title: Requests, x: requester, y: [requests] }
entity: [requester]
mail:
  table: { labels: [requester], figures: [requests, bytes_sent, bytes_received] }
terminal: bars
insights: ranks
*/
SELECT
  caller AS requester,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{downloads}} AS downloads,
  {{uploads}} AS uploads,
  {{bytes_sent}} AS bytes_sent,
  {{bytes_received}} AS bytes_received,
  {{errors}} AS errors,
  {{denied}} AS denied,
  {{first_seen}} AS first_seen,
  {{last_seen}} AS last_seen
FROM requests
WHERE caller IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
