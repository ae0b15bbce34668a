/*
title: Bursts of refusals
description: Which clients were refused (401, 403) many times within an hour, as when passwords are tried.
order: 514
group: Security
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Refused requests by client, x: client_ip, y: [refused] }
columns:
  client_ip: { type: varchar, title: Client }
  hour: { type: timestamp, title: Hour }
  refused: { type: bigint, title: Refused, unit: count }
  most_in_a_minute: { type: bigint, title: Most in a minute, unit: count }
  endpoints: { type: bigint, title: Endpoints, unit: count }
  endpoint: { type: varchar, title: An endpoint }
  user_agent: { type: varchar, title: A user agent }
  first_seen: { type: timestamp, title: First seen }
  last_seen: { type: timestamp, title: Last seen }
note: >-
  From 20 refusals in an hour or 5 in a minute on; the 100 largest. Hours in UTC. Of several endpoints and user agents
  the first in text order is shown.
*/
WITH minutes AS (
  SELECT
    client_ip,
    date_trunc('minute', time) AS minute,
    endpoint,
    count(*) AS requests,
    min(user_agent) AS user_agent,
    min(time) AS first_seen,
    max(time) AS last_seen
  FROM requests
  WHERE status IN (401, 403) AND client_ip IS NOT NULL AND time IS NOT NULL
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
  count(DISTINCT endpoint) AS endpoints,
  min(endpoint) AS endpoint,
  min(user_agent) AS user_agent,
  min(first_seen) AS first_seen,
  max(last_seen) AS last_seen
FROM counted
GROUP BY 1, 2
HAVING sum(requests) >= 20 OR max(in_the_minute) >= 5
ORDER BY 3 DESC, 2, 1
LIMIT 100
