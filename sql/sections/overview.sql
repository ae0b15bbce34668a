/*
title: Overview
description: How much was asked for, by how many, how often it failed and how long it took.
note: Clients are distinct addresses, requesters distinct principals.
group: Traffic
order: 10
headline: true
drill_down: endpoint
*/
WITH totals AS (
  SELECT
    {{requests}} AS requests,
    {{clients}} AS clients,
    {{requesters}} AS requesters,
    {{downloads}} AS downloads,
    {{uploads}} AS uploads,
    {{bytes_sent}} AS bytes_sent,
    {{bytes_received}} AS bytes_received,
    {{errors_4xx}} AS errors_4xx,
    {{errors_5xx}} AS errors_5xx,
    {{anonymous_requests}} AS anonymous_requests,
    {{percentiles_ms}} AS percentiles
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
