/*
title: Visitors
description: How many visitors came each day, and how much each requested.
note: A visitor is an address with a user agent on one day. Days in UTC; days without a request have no row.
group: Traffic
order: 40
applies_to: [cdn, load-balancer, web]
requires: [client_ip]
charts:
  - { kind: line, title: Visitors, x: day, y: [visitors], compare: previous_period }
*/
WITH visits AS (
  SELECT
    day,
    client_ip,
    user_agent,
    {{requests}} AS requests,
    {{bytes_sent}} AS bytes_sent
  FROM requests
  WHERE client_ip IS NOT NULL
  GROUP BY 1, 2, 3
)
SELECT
  CAST(day AS date) AS day,
  count(*) AS visitors,
  {{clients}} AS clients,
  CAST(sum(requests) AS bigint) AS requests,
  CAST(sum(requests) AS double) / count(*) AS requests_per_visitor,
  CAST(sum(bytes_sent) AS bigint) AS bytes_sent
FROM visits
GROUP BY 1
ORDER BY 1
