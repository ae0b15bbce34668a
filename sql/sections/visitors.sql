/*
title: Visitors
description: How many visitors came each day, and how much each asked for.
order: 24
group: Traffic
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: line, title: Visitors, x: day, y: [visitors], compare: previous_period }
columns:
  day: { type: date, title: Day, unit: day }
  visitors: { type: bigint, title: Visitors, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  requests: { type: bigint, title: Requests, unit: count }
  requests_per_visitor: { type: double, title: Requests per visitor }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
note: A visitor is an address with a user agent on one day. Days in UTC; a day without a line has no row.
*/
WITH visits AS (
  SELECT
    day,
    client_ip,
    user_agent,
    count(*) AS requests,
    coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent
  FROM requests
  WHERE client_ip IS NOT NULL
  GROUP BY 1, 2, 3
)
SELECT
  CAST(day AS date) AS day,
  count(*) AS visitors,
  count(DISTINCT client_ip) AS clients,
  CAST(sum(requests) AS bigint) AS requests,
  CAST(sum(requests) AS double) / count(*) AS requests_per_visitor,
  CAST(sum(bytes_sent) AS bigint) AS bytes_sent
FROM visits
GROUP BY 1
ORDER BY 1
