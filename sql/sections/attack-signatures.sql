/*
title: Attack signatures
description: Who sent requests that look like attacks, of which kind, and whether any of them succeeded.
note: >-
  Recognized by words in path and query, as received and decoded once; the first two kinds also by user agent and
  referrer. In this order: lookups and commands (such as Log4Shell), SQL injection, cross-site scripting, files outside
  the site, private files. A request counts for the first kind that matches. Harmless requests may contain such words,
  and attacks may avoid them. The 200 rows with the most requests.
group: Security
order: 20
applies_to: [cdn, load-balancer, web]
charts:
  - { kind: bars, title: Requests by client, x: client_ip, y: [requests] }
columns:
  endpoint: { title: Example endpoint }
  user_agent: { title: Example user agent }
*/
WITH lowered AS (
  SELECT
    client_ip,
    status,
    endpoint,
    user_agent,
    time,
    lower(path) AS path,
    lower(concat_ws(' ', path, query, try(url_decode(query)))) AS requested,
    lower(concat_ws(' ', user_agent, referrer)) AS headers
  FROM requests
),
worded AS (
  SELECT *, concat_ws(' ', requested, headers) AS words
  FROM lowered
),
recognised AS (
  SELECT
    *,
    CASE
      WHEN regexp_like(words, '[$][{](?:jndi|[$][{]|lower:|upper:|env:|sys:|::-)|class[.]module[.]classloader|[%#][{][(]?#|(?:[;|`]|[$][(]) *(?:(?:cat|wget|curl|bash|sh|nc|powershell) +[-/$h]|(?:uname|whoami)\b)|/bin/(?:ba)?sh\b|eval-stdin[.]php|auto_prepend_file|allow_url_include|<[?]php|base64_decode *[(]')
        THEN 'code execution'
      WHEN regexp_like(words, 'union[ +/*()]+(?:all[ +/*()]+)?select\b|information_schema|\b(?:sleep|benchmark|pg_sleep|extractvalue|updatexml) *[(]|waitfor +delay|xp_cmdshell|[''"] *(?:or|and) +[''"]?[0-9a-z]+[''"]? *=|\b(?:or|and) +1 *= *1\b|; *(?:drop|alter|truncate) +table')
        THEN 'SQL injection'
      WHEN regexp_like(requested, '<(?:script|svg|iframe|img|body)[ />+]|javascript:|\bon(?:error|load|mouseover|focus) *=|document[.](?:cookie|domain)|\balert *[(]')
        THEN 'cross-site scripting'
      WHEN regexp_like(requested, '[.][.](?:/|\\)[.][.](?:/|\\)|/etc/(?:passwd|shadow)|/proc/self/|\b(?:win|boot)[.]ini\b|\b(?:php|file|expect|phar)://|%00|%2e%2e')
        THEN 'file inclusion'
      WHEN regexp_like(path, '/[.](?:env|git|svn|aws|ssh|ds_store|htpasswd|vscode)|/(?:wp-config|phpinfo|xmlrpc)[.]php|/(?:phpmyadmin|pma|cgi-bin|server-status|actuator/(?:env|heapdump))\b|/id_rsa\b|[.](?:sql|bak|swp)$')
        THEN 'hidden files'
    END AS attack
  FROM worded
)
SELECT
  attack,
  client_ip,
  {{requests}} AS requests,
  {{answers where status BETWEEN 200 AND 299}} AS succeeded,
  {{endpoints}} AS endpoints,
  min(endpoint) AS endpoint,
  min(user_agent) AS user_agent,
  {{first_seen}} AS first_seen,
  {{last_seen}} AS last_seen
FROM recognised
WHERE attack IS NOT NULL
GROUP BY 1, 2
ORDER BY 3 DESC, 1, 2 NULLS LAST
LIMIT 200
