/*
title: Static files
description: Which static files were requested most.
note: >-
  The 100 files with the most requests. Static files are recognized by the end of their names: style sheets, scripts,
  pictures, fonts, documents, archives and media.
group: Who and what
order: 70
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: endpoint, y: [requests] }
*/
SELECT
  endpoint,
  {{requests}} AS requests,
  {{clients}} AS clients,
  {{bytes_sent}} AS bytes_sent,
  {{errors}} AS errors,
  {{last_seen}} AS last_seen
FROM requests
WHERE regexp_like(
  path,
  '[.](?:css|js|mjs|map|jpe?g|png|gif|ico|svg|webp|avif|bmp|tiff?|woff2?|ttf|otf|eot|pdf|txt|csv|xml|docx?|xlsx?|pptx?'
    || '|zip|gz|tgz|tar|rar|xz|zst|7z|iso|dmg|exe|mp[34]|mpe?g|webm|ogg|wav|flv|swf|wasm)$')
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT 100
