/*
title: Error-prone endpoints
description: Which endpoints fail, and how often.
order: 206
group: Errors
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Errors, x: endpoint, y: [errors_4xx, errors_5xx] }
mail:
  table: { labels: [endpoint], figures: [errors_4xx, errors_5xx, error_percent] }
terminal: bars
columns:
  endpoint: { type: varchar, title: Endpoint }
  requests: { type: bigint, title: Requests, unit: count }
  errors_4xx: { type: bigint, title: Client errors (4xx), unit: count }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
  error_percent: { type: double, title: Error rate, unit: percent }
  clients: { type: bigint, title: Clients that met errors, unit: count }
  last_error: { type: timestamp, title: Last error }
note: The 100 with the most server errors, then client errors.
*/
SELECT
  endpoint,
  count(*) AS requests,
  count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS errors_4xx,
  count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS errors_5xx,
  1E2 * count(*) FILTER (WHERE status >= 400) / count(*) AS error_percent,
  count(DISTINCT CASE WHEN status >= 400 THEN client_ip END) AS clients,
  max(CASE WHEN status >= 400 THEN time END) AS last_error
FROM requests
WHERE endpoint IS NOT NULL
GROUP BY 1
HAVING max(status) >= 400
ORDER BY 4 DESC, 3 DESC, 1
LIMIT 100
