/*
title: Status codes
description: Which statuses were answered, and how often.
group: Errors
order: 20
applies_to: [cdn, load-balancer, web]
requires: [status]
charts:
  - { kind: bars, title: Requests, x: status, y: [requests], split: status }
drill_down: endpoint
insights: errors
*/
WITH answers AS (
  SELECT
    status,
    {{requests}} AS requests,
    {{clients}} AS clients,
    {{bytes_sent}} AS bytes_sent,
    {{last_seen}} AS last_seen
  FROM requests
  GROUP BY 1
)
SELECT
  status,
  requests,
  1E2 * requests / sum(requests) OVER () AS share_percent,
  clients,
  bytes_sent,
  last_seen
FROM answers
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 100
