/*
title: Security readiness
description: Which safeguards can be switched on now, and whose requests would fail then.
note: >-
  Only successful requests count, because those would fail once the safeguard is on. A caller is a requester with a user
  agent; the 20 callers with the most affected requests are listed per safeguard. Lines written before 2019 contain
  neither TLS version nor signature and count as plain HTTP. Ready is unknown if the period has no successful request.
group: Security
order: 10
applies_to: [storage]
mail:
  table: { labels: [safeguard, requester], figures: [ready, callers, requests], once_per: safeguard }
columns:
  client_ip: { title: Example client }
*/
WITH succeeded AS (
  SELECT
    caller,
    user_agent,
    client_ip,
    time,
    requester IS NULL AS is_anonymous,
    tls_version IS NULL AS is_plain_http,
    coalesce(tls_version NOT IN ('TLSv1.2', 'TLSv1.3'), false) AS is_old_tls,
    coalesce(signature_version = 'SigV2', false) AS is_sigv2,
    coalesce(acl_required = 'Yes', false) AS needs_acl
  FROM requests
  WHERE caller IS NOT NULL AND status < 400
),
callers AS (
  SELECT
    CASE WHEN is_anonymous OR is_plain_http OR is_old_tls OR is_sigv2 OR needs_acl THEN caller END AS caller,
    CASE WHEN is_anonymous OR is_plain_http OR is_old_tls OR is_sigv2 OR needs_acl THEN user_agent END AS user_agent,
    CASE WHEN is_anonymous OR is_plain_http OR is_old_tls OR is_sigv2 OR needs_acl THEN client_ip END AS client_ip,
    is_anonymous,
    is_plain_http,
    is_old_tls,
    is_sigv2,
    needs_acl,
    {{requests}} AS requests,
    {{last_seen}} AS last_seen
  FROM succeeded
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
),
safeguards (place, safeguard) AS (
  VALUES
    (1, 'Block anonymous access'),
    (2, 'Require HTTPS'),
    (3, 'Require TLS 1.2'),
    (4, 'Require Signature Version 4'),
    (5, 'Disable ACLs')
),
answers AS (
  SELECT
    place,
    safeguard,
    caller,
    user_agent,
    client_ip,
    requests,
    last_seen,
    CASE place
      WHEN 1 THEN is_anonymous
      WHEN 2 THEN is_plain_http
      WHEN 3 THEN is_old_tls
      WHEN 4 THEN is_sigv2
      WHEN 5 THEN needs_acl
    END AS in_the_way
  FROM safeguards LEFT JOIN callers ON true
),
remaining AS (
  SELECT
    place,
    safeguard,
    in_the_way,
    CASE WHEN in_the_way THEN caller END AS requester,
    CASE WHEN in_the_way THEN user_agent END AS user_agent,
    coalesce({{clients where in_the_way}}, 0) AS clients,
    min(client_ip) FILTER (WHERE in_the_way) AS client_ip,
    coalesce(CAST(sum(requests) FILTER (WHERE in_the_way) AS bigint), 0) AS requests,
    max(last_seen) FILTER (WHERE in_the_way) AS last_seen
  FROM answers
  GROUP BY 1, 2, 3, 4, 5
),
ranked AS (
  SELECT
    *,
    count(CASE WHEN in_the_way THEN 1 END) OVER (PARTITION BY place) AS callers,
    row_number() OVER (
      PARTITION BY place
      ORDER BY requests DESC, requester NULLS LAST, user_agent NULLS LAST
    ) AS caller_rank
  FROM remaining
)
SELECT
  safeguard,
  CASE WHEN in_the_way THEN 'no' WHEN in_the_way IS NULL THEN 'unknown' ELSE 'yes' END AS ready,
  callers,
  requester,
  user_agent,
  clients,
  client_ip,
  requests,
  last_seen
FROM ranked
WHERE caller_rank <= 20 AND (in_the_way OR callers = 0)
ORDER BY place, caller_rank
