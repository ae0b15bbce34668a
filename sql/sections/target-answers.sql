/*
title: Answers of balancers and targets
answers: What the load balancers answered where their targets answered something else, or nothing.
order: 207
group: Errors
applies_to: [load-balancer]
needs: [extra]
columns:
  status: { type: integer, title: Status }
  target_status: { type: varchar, title: Status of the target }
  error_code: { type: varchar, title: Reason }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  mean_ms: { type: double, title: Mean time, unit: ms }
  last_seen: { type: timestamp, title: Last seen }
note: >-
  Without a status of the target the answer is the balancer's own. 460: the client left first; 502: the target's answer
  was none; 503: no target was ready; 504: the target was too slow. The 100 most frequent.
*/
WITH balanced AS (
  SELECT
    status,
    nullif(json_extract_scalar(extra, '$.target_status'), '-') AS target_status,
    error_code,
    client_ip,
    duration_ms,
    time
  FROM requests
  WHERE status IS NOT NULL AND json_extract_scalar(extra, '$.target_status') IS NOT NULL
)
SELECT
  status,
  target_status,
  error_code,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  CAST(sum(CAST(duration_ms AS decimal(38, 3))) AS double) / count(duration_ms) AS mean_ms,
  max(time) AS last_seen
FROM balanced
WHERE target_status IS NULL OR target_status <> CAST(status AS varchar)
GROUP BY 1, 2, 3
ORDER BY 4 DESC, 1, 2 NULLS LAST, 3 NULLS LAST
LIMIT 100
