/*
title: Status codes
description: Which answers were given, and how often.
order: 202
group: Errors
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: status, y: [requests], split: status }
drill_down: endpoint
insights: errors
columns:
  status: { type: integer, title: Status }
  requests: { type: bigint, title: Requests, unit: count }
  share_percent: { type: double, title: Share, unit: percent }
  clients: { type: bigint, title: Clients, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  last_seen: { type: timestamp, title: Last seen }
*/
WITH answers AS (
  SELECT
    status,
    count(*) AS requests,
    count(DISTINCT client_ip) AS clients,
    coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
    max(time) AS last_seen
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
