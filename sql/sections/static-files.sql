/*
title: Static files
description: Which static files were asked for most.
order: 133
group: Who and what
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: endpoint, y: [requests] }
columns:
  endpoint: { type: varchar, title: Endpoint }
  requests: { type: bigint, title: Requests, unit: count }
  clients: { type: bigint, title: Clients, unit: count }
  bytes_sent: { type: bigint, title: Bytes sent, unit: bytes }
  errors: { type: bigint, title: Errors, unit: count }
  last_seen: { type: timestamp, title: Last seen }
note: >-
  The 100 with the most requests. A file is static when its name ends like one: style sheets, scripts, pictures, fonts,
  documents, archives and media.
*/
SELECT
  endpoint,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  coalesce(CAST(sum(bytes_sent) AS bigint), 0) AS bytes_sent,
  count(*) FILTER (WHERE status >= 400) AS errors,
  max(time) AS last_seen
FROM requests
WHERE regexp_like(
  path,
  '[.](?:css|js|mjs|map|jpe?g|png|gif|ico|svg|webp|avif|bmp|tiff?|woff2?|ttf|otf|eot|pdf|txt|csv|xml|docx?|xlsx?|pptx?'
    || '|zip|gz|tgz|tar|rar|xz|zst|7z|iso|dmg|exe|mp[34]|mpe?g|webm|ogg|wav|flv|swf|wasm)$')
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
