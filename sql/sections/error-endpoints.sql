/*
title: Error-prone endpoints
description: Which endpoints fail, and how often.
note: The 100 endpoints with the most server errors, then client errors.
group: Errors
order: 40
applies_to: [cdn, load-balancer, web]
requires: [status]
charts:
  - { kind: bars, title: Errors, x: endpoint, y: [errors_4xx, errors_5xx] }
mail:
  table: { labels: [endpoint], figures: [errors_4xx, errors_5xx, error_percent] }
terminal: bars
columns:
  clients: { title: Clients with errors }
*/
SELECT
  endpoint,
  {{requests}} AS requests,
  {{errors_4xx}} AS errors_4xx,
  {{errors_5xx}} AS errors_5xx,
  {{error_percent}} AS error_percent,
  {{clients where is_error}} AS clients,
  {{last_seen where is_error}} AS last_error
FROM requests
WHERE endpoint IS NOT NULL
GROUP BY 1
HAVING {{errors}} > 0
ORDER BY 4 DESC, 3 DESC, 1
LIMIT 100
