/*
title: Methods
description: With which HTTP methods the requests came.
order: 42
group: Traffic
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: method, y: [requests] }
drill_down: endpoint
columns:
  method: { type: varchar, title: Method }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  error_percent: { type: double, title: Error rate, unit: percent }
  last_seen: { type: timestamp, title: Last seen }
note: Probes that are no HTTP have no method. The 50 with the most requests.
*/
SELECT
  method,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  count(*) FILTER (WHERE status >= 400) AS errors,
  1E2 * count(*) FILTER (WHERE status >= 400) / count(*) AS error_percent,
  max(time) AS last_seen
FROM requests
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 50
