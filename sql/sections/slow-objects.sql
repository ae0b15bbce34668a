/*
title: Slow objects
description: Which objects were slow to download, and whether S3 or the network took the time.
note: >-
  The 100 objects with the longest 95th percentile among those with at least one download above the configured limit
  (slow_ms). Time in S3 is the turn-around time; time in the network is the total time minus that.
group: Latency
order: 10
applies_to: [storage]
charts:
  - { kind: bars, title: Mean time by where it went, x: [bucket, object], y: [mean_server_ms, mean_network_ms] }
*/
SELECT
  host AS bucket,
  path AS object,
  {{requests}} AS downloads,
  {{slow_requests}} AS slow_downloads,
  {{p95_ms}} AS p95_ms,
  {{max_ms}} AS max_ms,
  CAST(sum(CAST(server_ms AS decimal(38, 3))) AS double) / count(server_ms) AS mean_server_ms,
  CAST(sum(CAST(duration_ms - server_ms AS decimal(38, 3))) AS double) / count(duration_ms - server_ms)
    AS mean_network_ms,
  {{bytes_sent}} AS bytes_sent
FROM requests
WHERE is_download AND path IS NOT NULL
GROUP BY 1, 2
HAVING {{slow_requests}} > 0
ORDER BY 5 DESC, 4 DESC, 1 NULLS LAST, 2
LIMIT 100
