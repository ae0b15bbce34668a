/*
title: Overview
description: How much was asked for, by how many, how often it failed and how long it took.
order: 10
group: Traffic
headline: true
drill_down: endpoint
columns:
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  requesters: { type: bigint, title: Requesters, unit: count }
  downloads: { type: bigint, title: Downloads, unit: count }
  uploads: { type: bigint, title: Uploads, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  bytes_received: { type: bigint, title: Bytes received, unit: bytes }
  errors_4xx: { type: bigint, title: Client errors (4xx), unit: count }
  errors_5xx: { type: bigint, title: Server errors (5xx), unit: count }
  error_percent: { type: double, title: Error rate, unit: percent }
  anonymous_requests: { type: bigint, title: Anonymous requests, unit: count }
  median_ms: { type: double, title: Median time, unit: ms, approximate: true }
  p95_ms: { type: double, title: 95th percentile, unit: ms, approximate: true }
note: >-
  Clients are distinct addresses, requesters distinct principals. Percentiles are exact on DuckDB; Athena estimates
  them by t-digest, within about 5 % of the ranks and 5 % of the value.
*/
WITH totals AS (
  SELECT
    count(*) AS requests,
    count(DISTINCT client_ip) AS clients,
    count(DISTINCT requester) FILTER (WHERE client_ip IS NOT NULL) AS requesters,
    CASE WHEN count(operation) > 0 THEN count(*) FILTER (WHERE is_download) END AS downloads,
    CASE WHEN count(operation) > 0 THEN count(*) FILTER (WHERE is_upload) END AS uploads,
    coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
    coalesce(CAST(sum(bytes_received) AS bigint), CASE WHEN count(operation) > 0 THEN 0 END) AS bytes_received,
    count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS errors_4xx,
    count(*) FILTER (WHERE status BETWEEN 500 AND 599) AS errors_5xx,
    count(*) FILTER (WHERE requester IS NULL AND client_ip IS NOT NULL) AS anonymous_requests,
    approx_percentile(duration_ms, ARRAY[5E-1, 9.5E-1]) AS percentiles
  FROM requests
)
SELECT
  requests,
  clients,
  requesters,
  downloads,
  uploads,
  bytes_sent,
  bytes_received,
  errors_4xx,
  errors_5xx,
  1E2 * (errors_4xx + errors_5xx) / nullif(requests, 0) AS error_percent,
  anonymous_requests,
  percentiles[1] AS median_ms,
  percentiles[2] AS p95_ms
FROM totals
