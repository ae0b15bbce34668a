/*
title: Slow objects
description: Which objects were slow to download, and whether S3 or the network took the time.
order: 300
group: Latency
applies_to: [storage]
charts:
  - { kind: bars, title: Mean time by where it went, x: [bucket, object], y: [mean_server_ms, mean_network_ms] }
columns:
  bucket: { type: varchar, title: Bucket }
  object: { type: varchar, title: Object }
  downloads: { type: bigint, title: Downloads, unit: count }
  slow_downloads: { type: bigint, title: Slow downloads, unit: count }
  p95_ms: { type: double, title: 95th percentile, unit: ms, approximate: true }
  max_ms: { type: double, title: Longest, unit: ms }
  mean_server_ms: { type: double, title: Mean in S3, unit: ms }
  mean_network_ms: { type: double, title: Mean in the network, unit: ms }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
note: >-
  The 100 objects with the longest 95th percentile among those with at least one download above the configured limit
  (slow_ms). Time in S3 is the turn-around time, time in the network the rest of the total time. Percentiles are exact
  on DuckDB; Athena estimates them by t-digest, within about 5 % of the ranks and 5 % of the value.
*/
SELECT
  host AS bucket,
  path AS object,
  count(*) AS downloads,
  count(*) FILTER (WHERE duration_ms > {{slow_ms}}) AS slow_downloads,
  approx_percentile(duration_ms, 9.5E-1) AS p95_ms,
  max(duration_ms) AS max_ms,
  CAST(sum(CAST(server_ms AS decimal(38, 3))) AS double) / count(server_ms) AS mean_server_ms,
  CAST(sum(CAST(duration_ms - server_ms AS decimal(38, 3))) AS double) / count(duration_ms - server_ms)
    AS mean_network_ms,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent
FROM requests
WHERE is_download AND path IS NOT NULL
GROUP BY 1, 2
HAVING max(duration_ms) > {{slow_ms}}
ORDER BY 5 DESC, 4 DESC, 1 NULLS LAST, 2
LIMIT 100
