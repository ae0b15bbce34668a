/*
title: Owners
description: How much each owner (team or customer) requested, and how often requests failed.
note: >-
  The owner of a request is the owner of its requester, else of its client address, else of the requested folder, as
  configured. Requests without an owner are one row.
group: Who and what
order: 10
applies_to: [storage, cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests, x: owner, y: [requests] }
terminal: bars
*/
SELECT
  coalesce(owner, 'without an owner') AS owner,
  {{requests}} AS requests,
  {{requesters}} AS requesters,
  {{clients}} AS clients,
  {{downloads}} AS downloads,
  {{uploads}} AS uploads,
  {{bytes_sent}} AS bytes_sent,
  {{bytes_received}} AS bytes_received,
  {{errors}} AS errors,
  {{denied}} AS denied
FROM requests
GROUP BY requests.owner
ORDER BY 2 DESC, 1
LIMIT 1000
