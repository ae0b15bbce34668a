/*
title: Protocols
description: Over which versions of HTTP the requests came.
order: 44
group: Traffic
applies_to: [cdn, load-balancer, web]
requires: [protocol]
charts:
  - { kind: bars, title: Requests, x: protocol, y: [requests] }
columns:
  protocol: { type: varchar, title: Protocol }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
*/
SELECT
  protocol,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  count(*) FILTER (WHERE status >= 400) AS errors
FROM requests
WHERE protocol IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 20
