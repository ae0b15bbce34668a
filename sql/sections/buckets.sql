/*
title: Buckets
description: Which buckets the requests went to.
note: The 100 buckets with the most requests.
group: Traffic
order: 110
applies_to: [storage]
charts:
  - { kind: bars, title: Requests, x: bucket, y: [requests] }
*/
SELECT
  host AS bucket,
  {{requests}} AS requests,
  {{downloads}} AS downloads,
  {{uploads}} AS uploads,
  {{bytes_sent}} AS bytes_sent,
  {{bytes_received}} AS bytes_received,
  {{errors_4xx}} AS errors_4xx,
  {{errors_5xx}} AS errors_5xx
FROM requests
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 100
