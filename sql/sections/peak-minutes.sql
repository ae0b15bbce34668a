/*
title: Peak minutes
description: In which minutes the most requests came, and how they were answered.
note: The 60 minutes with the most requests, in UTC.
group: Traffic
order: 80
applies_to: [cdn, load-balancer, web]
drill_down: endpoint
*/
SELECT
  date_trunc('minute', time) AS minute,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{bytes_sent}} AS bytes_sent,
  {{errors}} AS errors,
  {{mean_ms}} AS mean_ms
FROM requests
WHERE time IS NOT NULL
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 60
