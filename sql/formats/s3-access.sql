/*
title: Amazon S3 server access log
kind: storage
# Fields and names are those of the Amazon S3 User Guide, "Amazon S3 server access log format" and "Using Amazon Athena to
# query". Lines of 2012 have 17 fields; the 27th field was added in 2026; AWS may append more.
required_fields: 17
fields:
  bucketowner: token
  bucket_name: token
  requestdatetime: bracketed_time
  remoteip: token
  requester: principal
  requestid: token
  operation: token
  key: token
  request_uri: quoted
  httpstatus: status
  errorcode: token
  bytessent: number
  objectsize: number
  totaltime: number
  turnaroundtime: number
  referrer: quoted
  useragent: quoted
  versionid: token
  hostid: host_id
  sigv: token
  ciphersuite: token
  authtype: token
  endpoint: token
  tlsversion: token
  accesspointarn: token
  aclrequired: token
  sourceregion: token
ignored: '#'
*/
/*
A line that cannot become a request is returned with its text in `line` and the cause in `reason`; for a request both are
NULL.

A requester may contain spaces only if an operation follows it. Otherwise another field has a space, which S3 does not
write.

Keys are URL-encoded twice, but once in lines of BATCH.DELETE.OBJECT and S3.EXPIRE.OBJECT. A key that does not decode to
valid UTF-8 (Trino would write U+FFFD) stays as it was logged.

The requested host contains the bucket's Region: bucket.s3.region.amazonaws.com and s3.region.amazonaws.com, also with
dualstack or vpce in between, and the older s3-region and s3-website-region. Bytes go to the internet if the source Region
is `-`, or absent in a JSON log; for text lines with fewer fields the destination is unknown. CloudFront is recognized by
its requester, or by its user agent if the bucket is public; a request through a VPC endpoint by its private address or by
its host.

`extra` stores the version id, which distinguishes the deletions of several versions of an object, and for server errors
the host id, which AWS Support asks for. For other requests the host id answers no question and, being random, would
double the size of the lake. S3 writes `-` for 0 bytes.
*/
WITH typed AS (
  SELECT
    *,
    coalesce(
      try(
        date_parse(
          regexp_extract(requestdatetime, '^[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}(?::[0-9]{2}){3}'),
          '%d/%b/%Y:%H:%i:%s')),
      try_cast(
        regexp_extract(requestdatetime, '^[0-9]{4}-[0-9]{2}-[0-9]{2}') || ' '
          || regexp_extract(
            requestdatetime,
            '^.{10}T((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]{1,3})?)[0-9]*Z?\z',
            1)
        AS timestamp)) AS local_time,
    CASE
      WHEN "key" = '-' THEN NULL
      WHEN strpos("key", '%') = 0 AND strpos("key", '+') = 0 THEN "key"
      ELSE coalesce(
        CASE
          WHEN operation NOT IN ('BATCH.DELETE.OBJECT', 'S3.EXPIRE.OBJECT')
          THEN regexp_extract(try(url_decode(url_decode("key"))), '^[^\x{FFFD}]*\z')
        END,
        regexp_extract(try(url_decode("key")), '^[^\x{FFFD}]*\z'),
        "key")
    END AS path,
    split(nullif(request_uri, '-'), ' ') AS request_line,
    split(endpoint, '.') AS host_labels,
    CASE WHEN regexp_like(objectsize, '^[0-9]{1,18}\z') THEN try_cast(objectsize AS bigint) END AS object_size,
    CASE WHEN regexp_like(httpstatus, '^[0-9]{3}\z') THEN try_cast(httpstatus AS integer) END AS status
  FROM {{raw}}
),
timed AS (
  SELECT
    *,
    CASE
      WHEN substr(requestdatetime, 22) = '+0000' THEN local_time
      WHEN substr(requestdatetime, 5, 1) = '-' THEN local_time
      WHEN regexp_like(requestdatetime, '^.{20} [+-][0-9]{4}\z') THEN date_add(
        'minute',
        CASE WHEN substr(requestdatetime, 22, 1) = '-' THEN 1 ELSE -1 END
          * (60 * try_cast(substr(requestdatetime, 23, 2) AS integer) + try_cast(substr(requestdatetime, 25, 2) AS integer)),
        local_time)
    END AS time,
    CASE
      WHEN strpos(requester, ' ') > 0 THEN NOT coalesce(regexp_like(operation, '^[A-Z0-9]+[.][A-Z0-9]+[.]'), false)
      ELSE false
    END AS is_shifted,
    replace(
      replace(
        CASE
          WHEN element_at(host_labels, -2) <> 'amazonaws' THEN element_at(host_labels, -4)
          WHEN element_at(host_labels, -3) = 'vpce' THEN element_at(host_labels, -4)
          ELSE element_at(host_labels, -3)
        END,
        's3-website-', ''),
      's3-', '') AS region_label
  FROM typed
),
placed AS (
  SELECT
    *,
    CASE
      WHEN strpos(endpoint, '.amazonaws.com') > 0 AND regexp_like(region_label, '^[a-z]{2}(?:-[a-z]+)+-[0-9]+\z')
      THEN region_label
    END AS bucket_region
  FROM timed
)
SELECT
  time,
  nullif(bucket_name, '-') AS host,
  CASE
    WHEN strpos(remoteip, ':') > 0 AND strpos(remoteip, '.') > 0 THEN regexp_replace(remoteip, '^::[fF]{4}:', '')
    ELSE nullif(remoteip, '-')
  END AS client_ip,
  nullif(requester, '-') AS requester,
  nullif(requestid, '-') AS request_id,
  nullif(operation, '-') AS operation,
  element_at(request_line, 1) AS method,
  path,
  CASE
    WHEN strpos(request_uri, '?') > 0
    THEN element_at(split(substr(request_uri, strpos(request_uri, '?') + 1), ' '), 1)
  END AS query,
  CASE
    WHEN cardinality(request_line) > 2 AND strpos(element_at(request_line, -1), 'HTTP/') = 1
    THEN element_at(request_line, -1)
  END AS protocol,
  status,
  nullif(errorcode, '-') AS error_code,
  CASE
    WHEN regexp_like(bytessent, '^[0-9]{1,18}\z') THEN try_cast(bytessent AS bigint)
    WHEN status IS NOT NULL AND coalesce(bytessent, '-') = '-' THEN 0
  END AS bytes_sent,
  CASE
    WHEN operation IN ('REST.PUT.OBJECT', 'REST.PUT.PART', 'REST.POST.OBJECT') AND status BETWEEN 200 AND 299
    THEN object_size
  END AS bytes_received,
  object_size,
  CASE WHEN regexp_like(totaltime, '^[0-9]{1,18}(?:[.][0-9]+)?\z') THEN try_cast(totaltime AS double) END AS duration_ms,
  CASE
    WHEN regexp_like(turnaroundtime, '^[0-9]{1,18}(?:[.][0-9]+)?\z') THEN try_cast(turnaroundtime AS double)
  END AS server_ms,
  nullif(referrer, '-') AS referrer,
  nullif(useragent, '-') AS user_agent,
  CAST(NULL AS varchar) AS cache_status,
  CAST(NULL AS varchar) AS edge_location,
  replace(nullif(tlsversion, '-'), 'TLSV', 'TLSv') AS tls_version,
  nullif(ciphersuite, '-') AS tls_cipher,
  nullif(authtype, '-') AS auth_type,
  nullif(sigv, '-') AS signature_version,
  nullif(aclrequired, '-') AS acl_required,
  nullif(sourceregion, '-') AS region,
  bucket_region,
  CASE
    WHEN requester = 'svc:cloudfront.amazonaws.com' OR strpos(requester, 'CloudFront Origin Access Identity') > 0
      OR useragent = 'Amazon CloudFront'
    THEN 'cloudfront'
    WHEN strpos(endpoint, '.vpce.amazonaws.com') > 0
      OR regexp_like(
        remoteip,
        '^(?:10[.]|192[.]168[.]|172[.](?:1[6-9]|2[0-9]|3[01])[.]|100[.](?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.]|f[cd][0-9a-f]{2}:)')
    THEN 'vpc_endpoint'
    WHEN coalesce(remoteip, '-') = '-' THEN NULL
    WHEN sourceregion = '-' OR (sourceregion IS NULL AND substr(requestdatetime, 5, 1) = '-') THEN 'internet'
    WHEN sourceregion = bucket_region THEN 'same_region'
    WHEN sourceregion <> bucket_region THEN 'other_region'
  END AS transfer_destination,
  CAST(NULL AS varchar) AS level,
  CAST(NULL AS varchar) AS application,
  CAST(NULL AS varchar) AS message,
  CASE
    WHEN status >= 500
    THEN '{"hostid":"'
      || replace(replace(regexp_replace(coalesce(hostid, '-'), '[\x00-\x1f]', ' '), '\', '\\'), '"', '\"')
      || '","versionid":"'
      || replace(replace(regexp_replace(coalesce(versionid, '-'), '[\x00-\x1f]', ' '), '\', '\\'), '"', '\"')
      || '"}'
    WHEN versionid <> '-'
    THEN '{"versionid":"'
      || replace(replace(regexp_replace(versionid, '[\x00-\x1f]', ' '), '\', '\\'), '"', '\"')
      || '"}'
  END AS extra,
  "$path" AS log_object,
  CASE
    WHEN unparsed IS NOT NULL OR is_shifted THEN 'fits no line of the format'
    WHEN time IS NULL THEN 'the time is no date'
  END AS reason,
  CASE
    WHEN unparsed IS NOT NULL THEN unparsed
    WHEN time IS NULL OR is_shifted THEN {{line}}
  END AS line{{kept}}
FROM placed
