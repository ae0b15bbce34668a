/*
title: Buckets
description: Which buckets the requests went to.
order: 40
group: Traffic
applies_to: [storage]
charts:
  - { kind: bars, title: Requests, x: bucket, y: [requests] }
columns:
  bucket: { type: varchar, title: Bucket }
  requests: { type: bigint, title: Requests, unit: count }
  downloads: { type: bigint, title: Downloads, unit: count }
  uploads: { type: bigint, title: Uploads, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors_4xx: { type: bigint, title: Client errors (4xx), unit: count }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
note: The 100 buckets with the most requests.
*/
SELECT
  host AS bucket,
  count(*) AS requests,
  count(*) FILTER (WHERE is_download) AS downloads,
  count(*) FILTER (WHERE is_upload) AS uploads,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  coalesce(CAST(sum(bytes_received) AS bigint), 0) AS bytes_received,
  count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS errors_4xx,
  count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS errors_5xx
FROM requests
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 100
