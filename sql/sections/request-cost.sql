/*
title: Request cost
description: What the requests and the bytes sent cost, by S3's price tiers and operations.
note: >-
  An estimate at the list prices of each bucket's Region, or at configured prices, without free tiers and volume
  discounts. Bytes to CloudFront, within the Region and through VPC endpoints are free, and so are errors that AWS does
  not bill; a 403 counts as billed unless the caller is anonymous. The cost does not include bytes whose destination is
  unknown, nor lifecycle transitions, whose prices depend on the storage class.
group: Cost
order: 10
applies_to: [storage]
charts:
  - { kind: bars, title: Cost, x: operation, y: [request_usd, transfer_usd] }
*/
WITH counted AS (
  SELECT
    price_tier,
    operation,
    transfer_destination,
    coalesce(bucket_region, 'unknown') AS region,
    CAST(sum(lines) AS bigint) AS lines,
    CAST(sum(bytes_sent) AS bigint) AS bytes_sent,
    coalesce(sum(billed_bytes), 0) AS billed_bytes
  FROM billed_records
  WHERE operation IS NOT NULL
  GROUP BY 1, 2, 3, 4
),
-- Sums are in integers of 10^-18 USD, so that the order of rows does not matter.
priced AS (
  SELECT
    price_tier,
    operation,
    transfer_destination,
    lines,
    bytes_sent,
    billed_bytes,
    CASE price_tier
      WHEN 'PUT, COPY, POST, LIST' THEN lines / 1E3 * coalesce(listed.put_per_1000, others.put_per_1000)
      WHEN 'GET and all others' THEN lines / 1E3 * coalesce(listed.get_per_1000, others.get_per_1000)
      ELSE 0E0
    END AS request_usd,
    CASE
      WHEN billed_bytes = 0 THEN 0E0
      WHEN transfer_destination = 'internet'
      THEN billed_bytes / 1.073741824E9 * coalesce(listed.internet_per_gb, others.internet_per_gb)
      WHEN transfer_destination = 'other_region'
      THEN billed_bytes / 1.073741824E9 * coalesce(listed.other_region_per_gb, others.other_region_per_gb)
      ELSE 0E0
    END AS transfer_usd
  FROM counted
  LEFT JOIN s3_prices AS listed ON listed.region = counted.region
  CROSS JOIN (SELECT * FROM s3_prices WHERE region = 'other') AS others
)
SELECT
  price_tier AS tier,
  operation,
  CAST(sum(lines) AS bigint) AS lines,
  CAST(sum(bytes_sent) AS bigint) AS bytes_sent,
  CAST(sum(CASE WHEN transfer_destination = 'internet' THEN billed_bytes ELSE 0 END) AS bigint) AS bytes_to_internet,
  CAST(sum(CASE WHEN transfer_destination = 'other_region' THEN billed_bytes ELSE 0 END) AS bigint)
    AS bytes_to_other_regions,
  CAST(sum(CASE WHEN transfer_destination IS NULL THEN billed_bytes ELSE 0 END) AS bigint) AS bytes_to_unknown,
  CASE WHEN count(request_usd) = count(*) THEN CAST(sum(CAST(round(request_usd * 1E18) AS decimal(38, 0))) AS double) / 1E18 END
    AS request_usd,
  CASE WHEN count(transfer_usd) = count(*) THEN CAST(sum(CAST(round(transfer_usd * 1E18) AS decimal(38, 0))) AS double) / 1E18 END
    AS transfer_usd,
  CASE
    WHEN count(request_usd + transfer_usd) = count(*)
    THEN CAST(sum(CAST(round((request_usd + transfer_usd) * 1E18) AS decimal(38, 0))) AS double) / 1E18
  END AS total_usd
FROM priced
GROUP BY 1, 2
ORDER BY total_usd DESC NULLS FIRST, lines DESC, tier, operation
