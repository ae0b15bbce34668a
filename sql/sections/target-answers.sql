/*
title: Answers of balancers and targets
description: Which answers of the load balancers differ from those of their targets, or came without one.
note: >-
  Without a status of the target, the answer is the balancer's own. 460: the client closed the connection first; 502: the
  target's answer was invalid; 503: no target was ready; 504: the target was too slow. The 100 most frequent combinations.
group: Errors
order: 50
applies_to: [load-balancer]
requires: [extra]
drill_down: endpoint
*/
WITH grouped AS (
  -- Rows are grouped before `extra` is parsed, because parsing is slower than grouping.
  SELECT
    status,
    error_code,
    client_ip,
    json_extract_scalar(extra, '$.target_status') AS target_status,
    requests,
    timed_requests,
    duration_ms,
    last_seen
  FROM (
    SELECT
      status,
      error_code,
      client_ip,
      extra,
      {{requests}} AS requests,
      count(duration_ms) AS timed_requests,
      sum(CAST(duration_ms AS decimal(38, 3))) AS duration_ms,
      {{last_seen}} AS last_seen
    FROM requests
    WHERE status IS NOT NULL AND extra IS NOT NULL
    GROUP BY 1, 2, 3, 4)
)
SELECT
  status,
  nullif(target_status, '-') AS target_status,
  error_code,
  CAST(sum(requests) AS bigint) AS requests,
  {{clients}} AS clients,
  CAST(sum(duration_ms) AS double) / CAST(nullif(sum(timed_requests), 0) AS bigint) AS mean_ms,
  max(last_seen) AS last_seen
FROM grouped
WHERE target_status IS NOT NULL AND target_status <> CAST(status AS varchar)
GROUP BY 1, 2, 3
ORDER BY 4 DESC, 1, 2 NULLS LAST, 3 NULLS LAST
LIMIT 100
