/*
title: CloudFront standard log
kind: cdn
# Amazon CloudFront, "Standard logs reference". A `#Fields` line names the fields of the lines after it, with any separator.
# Lines without one have the fields of the legacy log. JSON lines name their own fields.
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
  referer: ['["cs(Referer)"]', c-referrer]
  user_agent: ['["cs(User-Agent)"]', c-user-agent]
  uri_query: cs-uri-query
  result_type: x-edge-result-type
  request_id: x-edge-request-id
  cs_bytes: cs-bytes
  time_taken: time-taken
  ssl_protocol: ssl-protocol
  ssl_cipher: ssl-cipher
  protocol_version: cs-protocol-version
  detailed_result: x-edge-detailed-result-type
  content_length: sc-content-len
  time_to_first_byte: time-to-first-byte
  c_country: c-country
  username: cs-username
header:
  default_names: [date, time, x-edge-location, sc-bytes, c-ip, cs-method, cs(Host), cs-uri-stem, sc-status, cs(Referer), cs(User-Agent), cs-uri-query, cs(Cookie), x-edge-result-type, x-edge-request-id, x-host-header, cs-protocol, cs-bytes, time-taken, x-forwarded-for, ssl-protocol, ssl-cipher, x-edge-response-result-type, cs-protocol-version, fle-status, fle-encrypted-fields, c-port, time-to-first-byte, x-edge-detailed-result-type, sc-content-type, sc-content-len, sc-range-start, sc-range-end]
  foreign: [s-ip, s-port, s-sitename, s-computername, sc-substatus, sc-win32-status, cs-version, cs-host]
*/
WITH timed AS (
  SELECT
    *,
    CASE
      WHEN date IS NOT NULL AND time IS NOT NULL THEN
        CASE
          WHEN regexp_like(date, '^[0-9]{4}-[0-9]{2}-[0-9]{2}\z')
            AND regexp_like(time, '^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\z')
          THEN try_cast(date || ' ' || time AS timestamp)
        END
      -- Trino's date_add takes less than 2^31 of a unit.
      ELSE date_add(
        'millisecond',
        epoch_ms % 60000,
        date_add('minute', epoch_ms / 60000, CAST('1970-01-01 00:00:00' AS timestamp)))
    END AS moment,
    -- A plus sign is a plus sign here, not a space.
    CASE WHEN strpos(uri_stem, '+') = 0 THEN uri_stem ELSE replace(uri_stem, '+', '%2B') END AS escaped_stem,
    CASE WHEN strpos(referer, '+') = 0 THEN referer ELSE replace(referer, '+', '%2B') END AS escaped_referer,
    CASE WHEN strpos(user_agent, '+') = 0 THEN user_agent ELSE replace(user_agent, '+', '%2B') END AS escaped_agent
  FROM (
    SELECT
      *,
      coalesce(
        CASE WHEN regexp_like(timestamp_ms, '^[0-9]{13}\z') THEN try_cast(timestamp_ms AS bigint) END,
        1000 * CASE WHEN regexp_like(timestamp, '^[0-9]{10}\z') THEN try_cast(timestamp AS bigint) END) AS epoch_ms
    FROM {{raw}})
),
decoded AS (
  SELECT
    *,
    CASE WHEN strpos(escaped_stem, '%') > 0 THEN try(url_decode(escaped_stem)) END AS decoded_stem,
    CASE WHEN strpos(escaped_referer, '%') > 0 THEN try(url_decode(escaped_referer)) END AS decoded_referer,
    CASE WHEN strpos(escaped_agent, '%') > 0 THEN try(url_decode(escaped_agent)) END AS decoded_agent
  FROM timed
),
-- Values that do not decode to valid UTF-8 (Trino writes U+FFFD) stay as they were logged.
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
  CASE
    WHEN strpos(c_ip, ':') > 0 AND strpos(c_ip, '.') > 0 THEN regexp_replace(c_ip, '^::[fF]{4}:', '')
    ELSE c_ip
  END AS client_ip,
  username AS requester,
  request_id,
  CAST(NULL AS varchar) AS operation,
  method,
  path,
  uri_query AS query,
  protocol_version AS protocol,
  CASE WHEN regexp_like(status, '^[1-9][0-9]{2}\z') THEN try_cast(status AS integer) END AS status,
  CASE WHEN result_type IN ('Error', 'LimitExceeded', 'CapacityExceeded') THEN detailed_result END AS error_code,
  CASE WHEN regexp_like(sc_bytes, '^[0-9]{1,18}\z') THEN try_cast(sc_bytes AS bigint) END AS bytes_sent,
  CASE WHEN regexp_like(cs_bytes, '^[0-9]{1,18}\z') THEN try_cast(cs_bytes AS bigint) END AS bytes_received,
  -- The length of an answer is that of the object only if the answer is the whole object.
  CASE WHEN status = '200' AND regexp_like(content_length, '^[0-9]{1,18}\z') THEN try_cast(content_length AS bigint) END
    AS object_size,
  CASE
    WHEN regexp_like(time_taken, '^[0-9]+(?:[.][0-9]+)?\z') THEN round(1e6 * try_cast(time_taken AS double)) / 1000
  END AS duration_ms,
  CASE
    WHEN regexp_like(time_to_first_byte, '^[0-9]+(?:[.][0-9]+)?\z')
    THEN round(1e6 * try_cast(time_to_first_byte AS double)) / 1000
  END AS server_ms,
  referrer,
  -- User agents may be encoded twice.
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
  CAST(NULL AS varchar) AS bucket_region,
  CAST(NULL AS varchar) AS transfer_destination,
  CAST(NULL AS varchar) AS level,
  CAST(NULL AS varchar) AS application,
  CAST(NULL AS varchar) AS message,
  CAST(NULL AS varchar) AS extra,
  "$path" AS log_object,
  CASE
    WHEN unparsed IS NOT NULL THEN 'fits no line of the format'
    WHEN moment IS NULL THEN 'the time is no date'
  END AS reason,
  CASE WHEN unparsed IS NOT NULL OR moment IS NULL THEN line END AS line{{kept}}
FROM clean
