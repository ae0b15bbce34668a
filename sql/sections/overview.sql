/*
title: Overview
description: How much was asked for, by how many, how often it failed and how long it took.
note: >-
  Only requests count, except under Lines, where each parsed line counts. Clients are distinct addresses, requesters
  distinct principals. What no line tells is unknown; the error rate is that of
  requests whose status is known.
group: Traffic
order: 10
headline: true
drill_down: endpoint
*/
WITH counted AS (
  SELECT {{lines}} AS lines
  FROM records
),
totals AS (
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
    {{error_percent}} AS error_percent,
    {{anonymous_requests}} AS anonymous_requests,
    {{percentiles_ms}} AS percentiles
  FROM requests
)
SELECT
  requests,
  lines,
  clients,
  requesters,
  downloads,
  uploads,
  bytes_sent,
  bytes_received,
  errors_4xx,
  errors_5xx,
  error_percent,
  anonymous_requests,
  percentiles[1] AS median_ms,
  percentiles[2] AS p95_ms
FROM totals
CROSS JOIN counted
