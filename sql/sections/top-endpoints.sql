/*
title: Top endpoints
description: Which endpoints were requested most, and how often requests failed.
note: >-
  The 100 endpoints with the most requests. An endpoint is a path without its query, after the host if the log has one.
group: Who and what
order: 60
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: endpoint, y: [requests] }
entity: [endpoint]
mail:
  table: { labels: [endpoint], figures: [requests, bytes_sent, errors] }
terminal: bars
insights: ranks
*/
SELECT
  endpoint,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{bytes_sent}} AS bytes_sent,
  CAST(sum(bytes_received) AS bigint) AS bytes_received,
  {{errors}} AS errors,
  {{error_percent}} AS error_percent,
  {{last_seen}} AS last_seen
FROM requests
WHERE endpoint IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
