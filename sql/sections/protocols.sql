/*
title: Protocols
description: Which versions of HTTP the requests used.
group: Traffic
order: 130
applies_to: [cdn, load-balancer, web]
requires: [protocol]
charts:
  - { kind: bars, title: Requests, x: protocol, y: [requests] }
*/
SELECT
  protocol,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{bytes_sent}} AS bytes_sent,
  {{errors}} AS errors
FROM requests
WHERE protocol IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 20
