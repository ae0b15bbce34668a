/*
title: Bursts of refusals
description: Which clients were refused (401, 403) many times within an hour, as when someone tries passwords.
note: >-
  At least 20 refusals in an hour or 5 in a minute; the 100 largest bursts. Hours in UTC. Of several endpoints and user
  agents the first in text order is shown.
group: Security
order: 30
applies_to: [cdn, load-balancer, web]
requires: [status, client_ip]
charts:
  - { kind: bars, title: Refused requests by client, x: client_ip, y: [refused] }
columns:
  endpoint: { title: Example endpoint }
  user_agent: { title: Example user agent }
*/
WITH minutes AS (
  SELECT
    client_ip,
    date_trunc('minute', time) AS minute,
    endpoint,
    {{requests}} AS requests,
    min(user_agent) AS user_agent,
    {{first_seen}} AS first_seen,
    {{last_seen}} AS last_seen
  FROM requests
  WHERE is_denied AND client_ip IS NOT NULL AND time IS NOT NULL
  GROUP BY 1, 2, 3
),
counted AS (
  SELECT
    *,
    sum(requests) OVER (PARTITION BY client_ip, minute) AS in_the_minute
  FROM minutes
)
SELECT
  client_ip,
  date_trunc('hour', minute) AS hour,
  CAST(sum(requests) AS bigint) AS refused,
  CAST(max(in_the_minute) AS bigint) AS most_in_a_minute,
  {{endpoints}} AS endpoints,
  min(endpoint) AS endpoint,
  min(user_agent) AS user_agent,
  min(first_seen) AS first_seen,
  max(last_seen) AS last_seen
FROM counted
GROUP BY 1, 2
HAVING sum(requests) >= 20 OR max(in_the_minute) >= 5
ORDER BY 3 DESC, 2, 1
LIMIT 100
