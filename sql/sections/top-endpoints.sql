/*
title: Top endpoints
description: Which endpoints were asked for most, and how often that failed.
order: 131
group: Who and what
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: endpoint, y: [requests] }
entity: [endpoint]
mail:
  table: { labels: [endpoint], figures: [requests, bytes_sent, errors] }
terminal: bars
insights: ranks
columns:
  endpoint: { type: varchar, title: Endpoint }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  error_percent: { type: double, title: Error rate, unit: percent }
  last_seen: { type: timestamp, title: Last seen }
note: >-
  The 100 endpoints with the most requests. An endpoint is a path without its query, after the host where the log tells
  it.
*/
SELECT
  endpoint,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  CAST(sum(bytes_received) AS bigint) AS bytes_received,
  count(*) FILTER (WHERE status >= 400) AS errors,
  1E2 * count(*) FILTER (WHERE status >= 400) / count(*) AS error_percent,
  max(time) AS last_seen
FROM requests
WHERE endpoint IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
