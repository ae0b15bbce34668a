/*
title: CloudFront standard log
kind: cdn
# Amazon CloudFront, "Standard logs reference". Legacy and W3C lines are separated by tabs, and the `#Fields` line of their
# file names the fields; without one they are those of the legacy log. JSON lines name their fields themselves. Lines that
# a header goes before may be separated by spaces, as those of RTMP distributions that have been copied.
json:
  date: date
  time: time
  timestamp: timestamp
  timestamp_ms: '["timestamp(ms)"]'
  edge_location: x-edge-location
  sc_bytes: sc-bytes
  c_ip: c-ip
  method: cs-method
  host: x-host-header
  cs_host: '["cs(Host)"]'
  uri_stem: cs-uri-stem
  status: sc-status
  referer: '["cs(Referer)"]'
  user_agent: '["cs(User-Agent)"]'
  uri_query: cs-uri-query
  result_type: x-edge-result-type
  request_id: x-edge-request-id
  cs_bytes: cs-bytes
  time_taken: time-taken
  ssl_protocol: ssl-protocol
  ssl_cipher: ssl-cipher
  protocol_version: cs-protocol-version
  detailed_result: x-edge-detailed-result-type
  time_to_first_byte: time-to-first-byte
  c_country: c-country
  username: cs-username
*/
WITH raw AS (
  SELECT * FROM {{raw}}
),
headers AS (
  SELECT *, array_position(names, 'x-edge-location') > 0 AS has_edge_location
  FROM (
    SELECT "$path" AS log_object, split(replace(regexp_replace(max(line), '[ \t]+', ' '), '#Fields: ', ''), ' ') AS names
    FROM raw
    WHERE strpos(line, '#Fields:') = 1
    GROUP BY "$path")
),
files AS (
  SELECT log_object, names FROM headers
  UNION ALL
  SELECT
    CAST(NULL AS varchar),
    split('date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end', ' ')
),
positions AS (
  SELECT
    log_object,
    nullif(array_position(names, 'date'), 0) AS date_at,
    nullif(array_position(names, 'time'), 0) AS time_at,
    nullif(array_position(names, 'timestamp'), 0) AS timestamp_at,
    nullif(array_position(names, 'timestamp(ms)'), 0) AS timestamp_ms_at,
    nullif(array_position(names, 'x-edge-location'), 0) AS edge_location_at,
    nullif(array_position(names, 'sc-bytes'), 0) AS sc_bytes_at,
    nullif(array_position(names, 'c-ip'), 0) AS c_ip_at,
    nullif(array_position(names, 'cs-method'), 0) AS method_at,
    nullif(array_position(names, 'x-host-header'), 0) AS host_at,
    nullif(array_position(names, 'cs(Host)'), 0) AS cs_host_at,
    nullif(array_position(names, 'cs-uri-stem'), 0) AS uri_stem_at,
    nullif(array_position(names, 'sc-status'), 0) AS status_at,
    coalesce(nullif(array_position(names, 'cs(Referer)'), 0), nullif(array_position(names, 'c-referrer'), 0)) AS referer_at,
    coalesce(nullif(array_position(names, 'cs(User-Agent)'), 0), nullif(array_position(names, 'c-user-agent'), 0)) AS user_agent_at,
    nullif(array_position(names, 'cs-uri-query'), 0) AS uri_query_at,
    nullif(array_position(names, 'x-edge-result-type'), 0) AS result_type_at,
    nullif(array_position(names, 'x-edge-request-id'), 0) AS request_id_at,
    nullif(array_position(names, 'cs-bytes'), 0) AS cs_bytes_at,
    nullif(array_position(names, 'time-taken'), 0) AS time_taken_at,
    nullif(array_position(names, 'ssl-protocol'), 0) AS ssl_protocol_at,
    nullif(array_position(names, 'ssl-cipher'), 0) AS ssl_cipher_at,
    nullif(array_position(names, 'cs-protocol-version'), 0) AS protocol_version_at,
    nullif(array_position(names, 'x-edge-detailed-result-type'), 0) AS detailed_result_at,
    nullif(array_position(names, 'time-to-first-byte'), 0) AS time_to_first_byte_at,
    nullif(array_position(names, 'c-country'), 0) AS c_country_at,
    nullif(array_position(names, 'cs-username'), 0) AS username_at
  FROM files
),
lines AS (
  SELECT
    unparsed,
    line,
    "$path",
    date, time, timestamp, timestamp_ms, edge_location, sc_bytes, c_ip, method, host, cs_host, uri_stem, status, referer, user_agent, uri_query, result_type, request_id, cs_bytes, time_taken, ssl_protocol, ssl_cipher, protocol_version, detailed_result, time_to_first_byte, c_country, username,
    CASE
      WHEN unparsed IS NULL THEN NULL
      WHEN strpos(line, chr(9)) = 0 AND headers.has_edge_location THEN split(regexp_replace(line, ' +', ' '), ' ')
      ELSE split(line, chr(9))
    END AS fields,
    headers.log_object AS header
  FROM raw LEFT JOIN headers ON headers.log_object = raw."$path"
  WHERE strpos(line, '#') <> 1
),
read AS (
  SELECT
    "$path" AS file,
    line,
    coalesce(cardinality(fields), 3) AS field_count,
    nullif(nullif(coalesce(lines.date, element_at(fields, date_at)), '-'), '') AS date,
    nullif(nullif(coalesce(lines.time, element_at(fields, time_at)), '-'), '') AS time,
    nullif(nullif(coalesce(lines.timestamp, element_at(fields, timestamp_at)), '-'), '') AS timestamp,
    nullif(nullif(coalesce(lines.timestamp_ms, element_at(fields, timestamp_ms_at)), '-'), '') AS timestamp_ms,
    nullif(nullif(coalesce(lines.edge_location, element_at(fields, edge_location_at)), '-'), '') AS edge_location,
    nullif(nullif(coalesce(lines.sc_bytes, element_at(fields, sc_bytes_at)), '-'), '') AS sc_bytes,
    nullif(nullif(coalesce(lines.c_ip, element_at(fields, c_ip_at)), '-'), '') AS c_ip,
    nullif(nullif(coalesce(lines.method, element_at(fields, method_at)), '-'), '') AS method,
    nullif(nullif(coalesce(lines.host, element_at(fields, host_at)), '-'), '') AS host,
    nullif(nullif(coalesce(lines.cs_host, element_at(fields, cs_host_at)), '-'), '') AS cs_host,
    nullif(nullif(coalesce(lines.uri_stem, element_at(fields, uri_stem_at)), '-'), '') AS uri_stem,
    nullif(nullif(coalesce(lines.status, element_at(fields, status_at)), '-'), '') AS status,
    nullif(nullif(coalesce(lines.referer, element_at(fields, referer_at)), '-'), '') AS referer,
    nullif(nullif(coalesce(lines.user_agent, element_at(fields, user_agent_at)), '-'), '') AS user_agent,
    nullif(nullif(coalesce(lines.uri_query, element_at(fields, uri_query_at)), '-'), '') AS uri_query,
    nullif(nullif(coalesce(lines.result_type, element_at(fields, result_type_at)), '-'), '') AS result_type,
    nullif(nullif(coalesce(lines.request_id, element_at(fields, request_id_at)), '-'), '') AS request_id,
    nullif(nullif(coalesce(lines.cs_bytes, element_at(fields, cs_bytes_at)), '-'), '') AS cs_bytes,
    nullif(nullif(coalesce(lines.time_taken, element_at(fields, time_taken_at)), '-'), '') AS time_taken,
    nullif(nullif(coalesce(lines.ssl_protocol, element_at(fields, ssl_protocol_at)), '-'), '') AS ssl_protocol,
    nullif(nullif(coalesce(lines.ssl_cipher, element_at(fields, ssl_cipher_at)), '-'), '') AS ssl_cipher,
    nullif(nullif(coalesce(lines.protocol_version, element_at(fields, protocol_version_at)), '-'), '') AS protocol_version,
    nullif(nullif(coalesce(lines.detailed_result, element_at(fields, detailed_result_at)), '-'), '') AS detailed_result,
    nullif(nullif(coalesce(lines.time_to_first_byte, element_at(fields, time_to_first_byte_at)), '-'), '') AS time_to_first_byte,
    nullif(nullif(coalesce(lines.c_country, element_at(fields, c_country_at)), '-'), '') AS c_country,
    nullif(nullif(coalesce(lines.username, element_at(fields, username_at)), '-'), '') AS username
  FROM lines JOIN positions ON coalesce(positions.log_object, '') = coalesce(lines.header, '')
),
timed AS (
  SELECT
    *,
    CASE
      WHEN field_count < 3 THEN NULL
      WHEN date IS NOT NULL AND time IS NOT NULL THEN
        CASE
          WHEN regexp_like(date, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')
            AND regexp_like(time, '^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$')
          THEN try_cast(date || ' ' || time AS timestamp)
        END
      -- Trino adds less than 2^31 of a unit.
      ELSE date_add(
        'millisecond',
        epoch_ms % 60000,
        date_add('minute', epoch_ms / 60000, CAST('1970-01-01 00:00:00' AS timestamp)))
    END AS moment,
    -- A plus sign stands for itself.
    CASE WHEN strpos(uri_stem, '+') = 0 THEN uri_stem ELSE replace(uri_stem, '+', '%2B') END AS escaped_stem,
    CASE WHEN strpos(referer, '+') = 0 THEN referer ELSE replace(referer, '+', '%2B') END AS escaped_referer,
    CASE WHEN strpos(user_agent, '+') = 0 THEN user_agent ELSE replace(user_agent, '+', '%2B') END AS escaped_agent
  FROM (
    SELECT
      *,
      coalesce(
        CASE WHEN regexp_like(timestamp_ms, '^[0-9]{13}$') THEN try_cast(timestamp_ms AS bigint) END,
        1000 * CASE WHEN regexp_like(timestamp, '^[0-9]{10}$') THEN try_cast(timestamp AS bigint) END) AS epoch_ms
    FROM read)
),
decoded AS (
  SELECT
    *,
    CASE WHEN strpos(escaped_stem, '%') > 0 THEN try(url_decode(escaped_stem)) END AS decoded_stem,
    CASE WHEN strpos(escaped_referer, '%') > 0 THEN try(url_decode(escaped_referer)) END AS decoded_referer,
    CASE WHEN strpos(escaped_agent, '%') > 0 THEN try(url_decode(escaped_agent)) END AS decoded_agent
  FROM timed
),
-- Text that is none, in whose place Trino gives U+FFFD, stays as it is.
clean AS (
  SELECT
    *,
    CASE WHEN strpos(decoded_stem, chr(65533)) = 0 THEN decoded_stem ELSE uri_stem END AS path,
    CASE WHEN strpos(decoded_referer, chr(65533)) = 0 THEN decoded_referer ELSE referer END AS referrer,
    CASE WHEN strpos(decoded_agent, chr(65533)) = 0 THEN decoded_agent ELSE user_agent END AS agent
  FROM decoded
)
SELECT
  moment AS time,
  coalesce(host, cs_host) AS host,
  c_ip AS client_ip,
  username AS requester,
  request_id,
  CAST(NULL AS varchar) AS operation,
  method,
  path,
  uri_query AS query,
  protocol_version AS protocol,
  CASE WHEN regexp_like(status, '^[1-9][0-9]{2}$') THEN try_cast(status AS integer) END AS status,
  CASE WHEN result_type IN ('Error', 'LimitExceeded', 'CapacityExceeded') THEN detailed_result END AS error_code,
  CASE WHEN regexp_like(sc_bytes, '^[0-9]{1,18}$') THEN try_cast(sc_bytes AS bigint) END AS bytes_sent,
  CASE WHEN regexp_like(cs_bytes, '^[0-9]{1,18}$') THEN try_cast(cs_bytes AS bigint) END AS bytes_received,
  CAST(NULL AS bigint) AS object_size,
  CASE
    WHEN regexp_like(time_taken, '^[0-9]+(?:[.][0-9]+)?$') THEN round(1e6 * try_cast(time_taken AS double)) / 1000
  END AS duration_ms,
  CASE
    WHEN regexp_like(time_to_first_byte, '^[0-9]+(?:[.][0-9]+)?$')
    THEN round(1e6 * try_cast(time_to_first_byte AS double)) / 1000
  END AS server_ms,
  referrer,
  -- Agents may be encoded twice.
  CASE
    WHEN strpos(agent, '%') = 0 THEN agent
    ELSE coalesce(regexp_extract(try(url_decode(replace(agent, '+', '%2B'))), '^[^\x{FFFD}]*\z'), agent)
  END AS user_agent,
  result_type AS cache_status,
  edge_location,
  ssl_protocol AS tls_version,
  ssl_cipher AS tls_cipher,
  CAST(NULL AS varchar) AS auth_type,
  CAST(NULL AS varchar) AS signature_version,
  CAST(NULL AS varchar) AS acl_required,
  c_country AS region,
  CAST(NULL AS varchar) AS level,
  CAST(NULL AS varchar) AS application,
  CAST(NULL AS varchar) AS message,
  CAST(NULL AS varchar) AS extra,
  file AS log_object,
  CASE
    WHEN field_count < 3 THEN 'fits no line of the format'
    WHEN moment IS NULL THEN 'the time is no date'
  END AS reason,
  CASE WHEN moment IS NULL THEN line END AS line{{kept}}
FROM clean
