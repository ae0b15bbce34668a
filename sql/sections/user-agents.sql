/*
title: User agents
description: Which programs sent the requests, and how often these failed.
note: The 100 user agents with the most requests.
group: Who and what
order: 130
applies_to: [storage, cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: user_agent, y: [requests] }
drill_down: endpoint
*/
SELECT
  user_agent,
  {{requests}} AS requests,
  {{bytes_sent}} AS bytes_sent,
  {{bytes_received}} AS bytes_received,
  {{errors}} AS errors,
  {{last_seen}} AS last_seen
FROM requests
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 100
