/*
title: Request cost
description: What the requests and the bytes sent cost, by S3's price tiers and operations.
note: >-
  An estimate at the configured list prices, without free tiers and volume discounts. Bytes to a client whose AWS Region
  the log names are left out: they are free within the Region and priced by the pair of Regions else. A 403 counts as
  billed, though it is free when the caller is outside the account and its organization. Lifecycle transitions are
  priced by storage class and not here.
group: Cost
order: 10
applies_to: [storage]
charts:
  - { kind: bars, title: Cost, x: operation, y: [request_usd, transfer_usd] }
*/
WITH operations AS (
  SELECT
    operation,
    coalesce(status BETWEEN 500 AND 599, false) AS is_server_error,
    {{requests}} AS requests,
    {{bytes_sent}} AS bytes_sent,
    {{bytes_sent where region IS NULL}} AS bytes_to_internet
  FROM requests
  WHERE operation IS NOT NULL
  GROUP BY 1, 2
),
tiers AS (
  SELECT
    CASE
      WHEN is_server_error THEN 'Server errors, free'
      WHEN operation LIKE 'S3.TRANSITION%' THEN 'Lifecycle transitions, not priced'
      WHEN operation LIKE 'S3.%' OR operation LIKE '%.DELETE.%'
        OR operation IN ('REST.POST.MULTI_OBJECT_DELETE', 'REST.COPY.OBJECT_GET', 'REST.COPY.PART_GET')
        THEN 'DELETE, expiry and reads of a COPY, free'
      WHEN operation LIKE '%.PUT.%' OR operation LIKE '%.POST.%' OR operation LIKE '%.COPY.%'
        OR operation IN ('REST.GET.BUCKET', 'REST.GET.BUCKETVERSIONS', 'REST.GET.UPLOADS', 'REST.GET.UPLOAD')
        THEN 'PUT, COPY, POST, LIST'
      ELSE 'GET and all others'
    END AS tier,
    operation,
    requests,
    bytes_sent,
    bytes_to_internet
  FROM operations
),
costs AS (
  SELECT
    tier,
    operation,
    requests,
    bytes_sent,
    bytes_to_internet,
    CASE tier
      WHEN 'PUT, COPY, POST, LIST' THEN requests / 1E3 * {{put_per_1000}}
      WHEN 'GET and all others' THEN requests / 1E3 * {{get_per_1000}}
      ELSE 0E0
    END AS request_usd,
    bytes_to_internet / 1.073741824E9 * {{transfer_out_per_gb}} AS transfer_usd
  FROM tiers
)
SELECT
  tier,
  operation,
  requests,
  bytes_sent,
  bytes_to_internet,
  request_usd,
  transfer_usd,
  request_usd + transfer_usd AS total_usd
FROM costs
ORDER BY total_usd DESC, requests DESC, tier, operation
