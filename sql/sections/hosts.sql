/*
title: Hosts
description: To which virtual hosts or distributions the requests went.
order: 46
group: Traffic
applies_to: [cdn, load-balancer, web]
requires: [host]
charts:
  - { kind: bars, title: Requests, x: host, y: [requests] }
columns:
  host: { type: varchar, title: Host }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  errors_4xx: { type: bigint, title: Client errors (4xx), unit: count }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
  error_percent: { type: double, title: Error rate, unit: percent }
note: The 100 hosts with the most requests.
*/
SELECT
  host,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS errors_4xx,
  count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS errors_5xx,
  1E2 * count(*) FILTER (WHERE status >= 400) / count(*) AS error_percent
FROM requests
WHERE host IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
