/*
template: top-objects
parameters:
  chart: Bytes
  ranked_by: bytes_sent, bytes_received
  rank: CAST(bytes_sent AS double) + coalesce(bytes_received, 0)
title: Top objects by bytes
description: Which objects caused the most bytes sent and received.
note: The 100 objects with the most bytes sent and received together.
order: 50
mail:
  table: { labels: [object, bucket], figures: [requests, bytes_sent, bytes_received] }
*/
