/*
group: Who and what
applies_to: [cdn, load-balancer, web]
requires: [user_agent]
charts:
  - { kind: bars, title: Requests, x: {{key}}, y: [requests] }
*/
SELECT
  {{key}},
  CAST(sum(requests) AS bigint) AS requests,
  CAST(sum(visitors) AS bigint) AS visitors,
  CAST(sum(bytes_sent) AS bigint) AS bytes_sent,
  CAST(sum(errors) AS bigint) AS errors,
  max(last_seen) AS last_seen
FROM user_agents
WHERE {{condition}}
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
