/*
title: Humans and bots
description: How much came from computers, phones and tablets, and how much from robots.
order: 156
group: Who and what
applies_to: [cdn, load-balancer, web]
requires: [user_agent]
charts:
  - { kind: bars, title: Requests, x: kind, y: [requests] }
columns:
  kind: { type: varchar, title: Kind }
  requests: { type: bigint, title: Requests, unit: count }
  visitors: { type: bigint, title: Visitors, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  last_seen: { type: timestamp, title: Last seen }
note: >-
  A bot is what the list of isbot says: crawlers, monitors, libraries and command lines. None is a request without a
  user agent.
*/
SELECT
  kind,
  CAST(sum(requests) AS bigint) AS requests,
  CAST(sum(visitors) AS bigint) AS visitors,
  CAST(sum(bytes_sent) AS bigint) AS bytes_sent,
  CAST(sum(errors) AS bigint) AS errors,
  max(last_seen) AS last_seen
FROM user_agents
WHERE kind <> ''
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
