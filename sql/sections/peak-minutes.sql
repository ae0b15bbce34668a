/*
title: Peak minutes
description: In which minutes the most requests came, and how they went.
order: 34
group: Traffic
applies_to: [cdn, load-balancer, web]
drill_down: endpoint
columns:
  minute: { type: timestamp, title: Minute }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  mean_ms: { type: double, title: Mean time, unit: ms }
note: The 60 minutes with the most requests, in UTC.
*/
SELECT
  date_trunc('minute', time) AS minute,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  count(*) FILTER (WHERE status >= 400) AS errors,
  CAST(sum(CAST(duration_ms AS decimal(38, 3))) AS double) / count(duration_ms) AS mean_ms
FROM requests
WHERE time IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 60
