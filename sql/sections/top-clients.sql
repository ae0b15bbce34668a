/*
title: Top clients
description: Which addresses sent the most requests, what they downloaded and uploaded, and how often they were refused.
note: The 100 addresses with the most requests.
group: Who and what
order: 30
applies_to: [storage, cdn, load-balancer, web]
requires: [client_ip]
charts:
  - { kind: bars, title: Requests, x: client_ip, y: [requests] }
entity: [client_ip]
terminal: bars
drill_down: endpoint
insights: ranks
*/
SELECT
  client_ip,
  {{requests}} AS requests,
  {{downloads}} AS downloads,
  {{uploads}} AS uploads,
  {{bytes_sent}} AS bytes_sent,
  {{bytes_received}} AS bytes_received,
  {{errors}} AS errors,
  {{denied}} AS denied,
  {{first_seen}} AS first_seen,
  {{last_seen}} AS last_seen
FROM requests
WHERE client_ip IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
