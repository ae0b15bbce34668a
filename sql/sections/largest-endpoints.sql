/*
title: Largest endpoints
description: Which endpoints send the largest answers.
note: The 100 endpoints with the largest mean size.
group: Traffic
order: 190
applies_to: [cdn, load-balancer, web]
requires: [bytes_sent]
charts:
  - { kind: bars, title: Largest answer, x: endpoint, y: [max_bytes] }
*/
SELECT
  endpoint,
  {{requests}} AS requests,
  {{bytes_sent}} AS bytes_sent,
  {{mean_bytes}} AS mean_bytes,
  {{p95_bytes}} AS p95_bytes,
  {{max_bytes}} AS max_bytes
FROM requests
WHERE bytes_sent IS NOT NULL AND endpoint IS NOT NULL
GROUP BY 1
ORDER BY 4 DESC, 3 DESC, 1
LIMIT 100
