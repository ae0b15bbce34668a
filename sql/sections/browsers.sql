/*
title: Browsers and programs
description: With which browsers and other programs people came.
order: 152
group: Who and what
applies_to: [cdn, load-balancer, web]
requires: [user_agent]
charts:
  - { kind: bars, title: Requests, x: browser, y: [requests] }
terminal: bars
columns:
  browser: { type: varchar, title: Browser }
  requests: { type: bigint, title: Requests, unit: count }
  visitors: { type: bigint, title: Visitors, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  last_seen: { type: timestamp, title: Last seen }
note: >-
  Told by the user agent, robots left out. A visitor is an address with a user agent on one day. The 100 with the most
  requests.
*/
SELECT
  browser,
  CAST(sum(requests) AS bigint) AS requests,
  CAST(sum(visitors) AS bigint) AS visitors,
  CAST(sum(bytes_sent) AS bigint) AS bytes_sent,
  CAST(sum(errors) AS bigint) AS errors,
  max(last_seen) AS last_seen
FROM user_agents
WHERE kind NOT IN ('bot', 'none')
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
