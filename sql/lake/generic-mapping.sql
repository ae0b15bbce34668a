/*
Maps raw columns with the usual names of web logs to `requests`. All raw columns are text; those that a format lacks are
NULL.

`time` is written in one of these ways, and is UTC without a zone:

- Apache: 06/Oct/2026:00:00:38 +0000
- ISO 8601 with a T or a space
- HTTP: Tue, 06 Oct 2026 00:00:38 GMT
- ctime: Tue Oct  6 00:00:38 2026
- RFC 3164: Oct  6 00:00:38. Without a year it gets the latest one that has the day and puts it no more than a day after
  `file_day`.
- seconds, milliseconds, microseconds or nanoseconds since 1970

`request` is a request line and `url` its middle part; both may contain a whole URL. A path that does not decode to valid
UTF-8 (Trino would write U+FFFD) stays as it was logged. With a time of Apache's, `-` bytes are 0, as its %b writes them.
`ident` is Apache's field of that name, in whose place some servers write the virtual host. A line that cannot become a
request is returned with its text in `line` and the cause in `reason`.
*/
WITH typed AS (
  SELECT
    *,
    CASE
      WHEN substr(written_time, 3, 1) = '/' THEN 'clf'
      WHEN regexp_like(
        written_time,
        '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]{3,})?Z?\z')
      THEN 'utc'
      WHEN substr(written_time, 5, 1) IN ('-', '/') THEN 'iso'
      WHEN substr(written_time, 4, 1) = ',' THEN 'http'
      WHEN regexp_like(written_time, '^[A-Z][a-z]{2} [A-Z][a-z]{2} .* [0-9]{4}\z') THEN 'ctime'
      WHEN regexp_like(written_time, '^[A-Z][a-z]{2} +[0-9]{1,2} ') THEN 'bsd'
      ELSE 'epoch'
    END AS clock,
    CASE WHEN regexp_like(request, '^[A-Za-z][A-Za-z_-]* [^ ]') THEN split(request, ' ') END AS words,
    CASE
      WHEN strpos(client_ip, ',') > 0 THEN client_ip
      WHEN forwarded_for IS NOT NULL
        AND coalesce(
          regexp_like(client_ip, '^(?:-?|\[?{{private_address}}\]?(?::[0-9]+)?)\z'),
          true)
      THEN forwarded_for
    END AS forwarded,
    coalesce(
      CASE WHEN substr(duration, -1) = 's' THEN duration END,
      CASE WHEN substr(duration_ms, -1) = 's' THEN duration_ms END,
      CASE WHEN substr(duration_s, -1) = 's' THEN duration_s END,
      CASE WHEN substr(duration_us, -1) = 's' THEN duration_us END,
      CASE WHEN substr(duration_ns, -1) = 's' THEN duration_ns END) AS duration_text,
    CASE
      WHEN (strpos(server_s, ',') > 0 OR strpos(server_s, ':') > 0)
        AND regexp_like(server_s, '[0-9]')
        AND regexp_like(server_s, '^(?:-|[0-9]{1,9}(?:[.][0-9]{1,9})?)(?: ?[,:] ?(?:-|[0-9]{1,9}(?:[.][0-9]{1,9})?))+\z')
      THEN split(replace(replace(server_s, ':', ','), ' ', ''), ',')
    END AS server_times
  FROM (
    SELECT
      *,
      CASE
        -- A leap second is the last second of its minute.
        WHEN strpos(time, ':60') > 0 AND regexp_like(time, '(?:[01][0-9]|2[0-3]):[0-5][0-9]:60') THEN replace(time, ':60', ':59')
        WHEN substr(time, 3, 1) = '/' AND substr(time, 12, 1) = ' ' THEN substr(time, 1, 11) || ':' || substr(time, 13)
        ELSE time
      END AS written_time
    FROM {{raw}})
),
stamped AS (
  SELECT
    *,
    '-' || substr(
        CAST(
          100 + (strpos(
            'JanFebMarAprMayJunJulAugSepOctNovDec',
            regexp_extract(worded, 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec')) + 2) / 3
          AS varchar), 2, 2)
      || '-' || substr(
        CAST(100 + try_cast(replace(regexp_extract(worded, ' [0-9]{1,2} '), ' ', '') AS integer) AS varchar), 2, 2)
      || ' ' || regexp_extract(worded, '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]{1,3})?') AS month_to_second,
    CAST(
      round(
        try_cast(
          regexp_extract(counted, '^(?:[0-9]{10}|[0-9]{13}|[0-9]{16}|[0-9]{19})(?:[.][0-9]+)?\z') AS double)
          / CASE length(split_part(counted, '.', 1)) WHEN 10 THEN 0.001e0 WHEN 16 THEN 1e3 WHEN 19 THEN 1e6 ELSE 1e0 END)
      AS bigint) AS epoch_ms
  FROM (
    SELECT
      *,
      CASE WHEN clock IN ('ctime', 'bsd') THEN written_time END AS worded,
      CASE WHEN clock = 'bsd' THEN regexp_extract(written_time, ' ([0-9]{4})(?: |\z)', 1) END AS named_year,
      -- Only every fourth year has a 29 February.
      CASE
        WHEN clock = 'bsd' AND regexp_like(written_time, '^Feb +29 ')
        THEN try_cast(substr(file_day, 1, 4) AS integer) - try_cast(substr(file_day, 1, 4) AS integer) % 4
        WHEN clock = 'bsd' THEN try_cast(substr(file_day, 1, 4) AS integer)
      END AS file_year,
      CASE WHEN clock = 'bsd' AND regexp_like(written_time, '^Feb +29 ') THEN 4 ELSE 1 END AS years_between,
      CASE WHEN clock = 'epoch' THEN written_time END AS counted
    FROM typed)
),
clocked AS (
  SELECT
    *,
    CASE clock
      WHEN 'clf' THEN
        CASE
          WHEN substr(written_time, 21, 1) NOT IN ('.', ',')
          THEN try(date_parse(regexp_extract(written_time, '^[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}(?::[0-9]{2}){3}'), '%d/%b/%Y:%H:%i:%s'))
          ELSE date_add(
            'millisecond',
            try_cast(substr(regexp_extract(written_time, '^.{20}[.,]([0-9]+)', 1) || '000', 1, 3) AS integer),
            try(date_parse(regexp_extract(written_time, '^[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}(?::[0-9]{2}){3}'), '%d/%b/%Y:%H:%i:%s')))
        END
      WHEN 'utc' THEN
        try_cast(
          substr(written_time, 1, 10) || ' ' || substr(written_time, 12, CASE WHEN substr(written_time, 20, 1) = '.' THEN 12 ELSE 8 END)
          AS timestamp)
      WHEN 'iso' THEN
        try_cast(
          replace(regexp_extract(written_time, '^[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}'), '/', '-')
            || ' ' || regexp_extract(substr(written_time, 12, 8), '^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\z')
            || coalesce(replace(regexp_extract(written_time, '^.{19}([.,][0-9]{1,3})', 1), ',', '.'), '')
          AS timestamp)
      WHEN 'http' THEN
        try(
          date_parse(
            regexp_extract(
              substr(written_time, 6, 2) || '/' || substr(written_time, 9, 3) || '/' || substr(written_time, 13, 4) || ':' || substr(written_time, 18, 8),
              '^[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}(?::[0-9]{2}){3}\z'),
            '%d/%b/%Y:%H:%i:%s'))
      WHEN 'ctime' THEN try_cast(regexp_extract(written_time, '[0-9]{4}\z') || month_to_second AS timestamp)
      WHEN 'bsd' THEN
        CASE
          WHEN named_year IS NOT NULL THEN try_cast(named_year || month_to_second AS timestamp)
          WHEN try_cast(CAST(file_year AS varchar) || month_to_second AS timestamp)
            <= date_add('minute', 2880, CAST(file_day AS timestamp))
          THEN try_cast(CAST(file_year AS varchar) || month_to_second AS timestamp)
          ELSE try_cast(CAST(file_year - years_between AS varchar) || month_to_second AS timestamp)
        END
      ELSE
        -- Trino adds less than 2^31 of a unit.
        date_add('millisecond', epoch_ms % 60000, date_add('minute', epoch_ms / 60000, CAST('1970-01-01 00:00:00' AS timestamp)))
    END AS local_time,
    CASE clock
      WHEN 'clf' THEN
        CASE
          WHEN substr(written_time, 21, 1) IN ('.', ',') THEN substr(regexp_extract(written_time, '^.{20}[.,][0-9]+(.*)\z', 1), 2)
          ELSE substr(written_time, 22)
        END
      WHEN 'iso' THEN
        CASE WHEN strpos(written_time, 'Z') = 0 THEN regexp_extract(substr(written_time, 20), '[+-][0-9]{2}(?::?[0-9]{2})?\z') END
      WHEN 'http' THEN CASE WHEN length(written_time) > 29 THEN regexp_extract(written_time, '[+-][0-9]{4}\z') END
    END AS zone,
    CASE WHEN cardinality(words) > 2 AND strpos(element_at(words, -1), 'HTTP/') = 1 THEN element_at(words, -1) END AS version,
    regexp_extract(
      forwarded,
      '^[ "]*(?:(?:unknown|-|\[?{{private_address}}\]?)(?::[0-9]+)?[ "]*,[ "]*)*(\[[0-9A-Fa-f:.]+\]|[0-9]{1,3}(?:[.][0-9]{1,3}){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]+)(?::[0-9]+)?(?:[ ",]|\z)',
      1) AS first_public
  FROM stamped
),
addressed AS (
  SELECT
    *,
    CASE
      WHEN zone IS NULL OR zone IN ('', '+0000') THEN local_time
      ELSE date_add(
        'minute',
        CASE WHEN substr(zone, 1, 1) = '-' THEN 1 ELSE -1 END
          * (60 * try_cast(regexp_extract(zone, '^[+-]([0-9]{2})(?::?[0-9]{2})?\z', 1) AS integer)
            + CASE WHEN length(zone) = 3 THEN 0 ELSE try_cast(regexp_extract(zone, '[0-9]{2}\z') AS integer) END),
        local_time)
    END AS utc,
    coalesce(
      CASE
        WHEN version IS NULL THEN substr(request, length(element_at(words, 1)) + 2)
        WHEN cardinality(words) = 3 THEN element_at(words, 2)
        ELSE substr(
          request,
          length(element_at(words, 1)) + 2,
          length(request) - length(element_at(words, 1)) - length(version) - 2)
      END,
      nullif(nullif(request_uri, '-'), '')) AS asked_target,
    CASE
      WHEN forwarded IS NULL THEN client_ip
      WHEN regexp_like(first_public, '^\[?{{private_address}}')
      THEN regexp_extract(forwarded, '^[ ",]*(?:(?:unknown|-)[ ",]+)*([^ ",]+)', 1)
      ELSE coalesce(first_public, CASE WHEN strpos(client_ip, ',') = 0 THEN client_ip END)
    END AS client
  FROM clocked
),
located AS (
  SELECT
    *,
    CASE
      WHEN strpos(request_target, '://') > 0 THEN regexp_replace(request_target, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*', '')
      ELSE request_target
    END AS location
  FROM (
    SELECT
      *,
      coalesce(asked_target, nullif(url, '-'), regexp_extract(route, '^[A-Z]+ (/.*)\z', 1)) AS request_target
    FROM addressed)
)
SELECT
  utc AS time,
  coalesce(
    nullif(host, '-'),
    CASE WHEN strpos(ident, '.') > 0 THEN ident END,
    CASE WHEN strpos(request_target, '://') > 0 THEN regexp_extract(request_target, '^[A-Za-z][A-Za-z0-9+.-]*://(\[[^\]]*\]|[^/?#:]+)', 1) END) AS host,
  CASE
    WHEN client IN ('-', '') THEN NULL
    WHEN strpos(client, ':') = 0 AND strpos(client, '[') = 0 THEN client
    WHEN regexp_like(client, '^[0-9.]+:[0-9]+\z') THEN split_part(client, ':', 1)
    WHEN regexp_like(client, '^\[?(?:0{0,4}:){2,5}[fF]{4}:[0-9]{1,3}(?:[.][0-9]{1,3}){3}(?:\z|\])')
    THEN regexp_extract(client, '[0-9]+(?:[.][0-9]+){3}')
    WHEN substr(client, 1, 1) = '[' THEN regexp_extract(client, '^\[([^\]]+)\]', 1)
    ELSE client
  END AS client_ip,
  nullif(requester, '-') AS requester,
  nullif(request_id, '-') AS request_id,
  coalesce(nullif(operation, '-'), CASE WHEN lower(is_edge) IN ('false', '0') THEN 'SHIELD' END) AS operation,
  coalesce(
    nullif(method, '-'),
    element_at(words, 1),
    CASE WHEN words IS NULL THEN regexp_extract(request, '^[A-Z]{3,20}\z') END,
    regexp_extract(route, '^([A-Z]+) /', 1)) AS method,
  CASE
    WHEN strpos(location, '%') = 0 THEN split_part(location, '?', 1)
    ELSE coalesce(
      regexp_extract(try(url_decode(replace(split_part(location, '?', 1), '+', '%2B'))), '^[^\x{FFFD}]*\z'),
      split_part(location, '?', 1))
  END AS path,
  coalesce(
    CASE WHEN asked_target IS NULL THEN nullif(query, '-') END,
    CASE WHEN strpos(location, '?') > 0 THEN substr(location, strpos(location, '?') + 1) END) AS query,
  coalesce(nullif(protocol, '-'), version) AS protocol,
  CASE WHEN regexp_like(status, '^[1-9][0-9]{2}(?:[.]0+)?\z') THEN try_cast(substr(status, 1, 3) AS integer) END AS status,
  nullif(error_code, '-') AS error_code,
  CASE
    WHEN regexp_like(bytes_sent, '^[0-9]{1,18}\z') THEN try_cast(bytes_sent AS bigint)
    WHEN regexp_like(bytes_sent, '^(?:[0-9]{1,18}[.]0+|[0-9]{1,15}(?:[.][0-9]+)?[eE][+]?[01]?[0-9])\z')
    THEN try_cast(round(try_cast(bytes_sent AS double)) AS bigint)
    WHEN bytes_sent = '-' AND clock = 'clf' AND status IS NOT NULL AND status <> '-' THEN 0
  END AS bytes_sent,
  CASE
    WHEN regexp_like(bytes_received, '^[0-9]{1,18}\z') THEN try_cast(bytes_received AS bigint)
    WHEN regexp_like(bytes_received, '^(?:[0-9]{1,18}[.]0+|[0-9]{1,15}(?:[.][0-9]+)?[eE][+]?[01]?[0-9])\z')
    THEN try_cast(round(try_cast(bytes_received AS double)) AS bigint)
  END AS bytes_received,
  CAST(NULL AS bigint) AS object_size,
  coalesce(
    CASE WHEN regexp_like(duration_ms, '^[0-9]{1,15}([.][0-9]+)?([eE]([+]?0?[0-9]|-[0-9]{1,2}))?\z') THEN try_cast(duration_ms AS double) END,
    round(1e9 * CASE WHEN regexp_like(duration_s, '^[0-9]{1,15}([.][0-9]+)?([eE]([+]?0?[0-9]|-[0-9]{1,2}))?\z') THEN try_cast(duration_s AS double) END) / 1e6,
    CASE WHEN regexp_like(duration_us, '^[0-9]{1,15}([.][0-9]+)?([eE]([+]?0?[0-9]|-[0-9]{1,2}))?\z') THEN try_cast(duration_us AS double) END / 1000,
    CASE WHEN regexp_like(duration_ns, '^[0-9]{1,15}([.][0-9]+)?([eE]([+]?0?[0-9]|-[0-9]{1,2}))?\z') THEN try_cast(duration_ns AS double) END / 1000000,
    -- A duration with its unit: 12ms, 0.012s, or 1m2.5s as Go writes it.
    CASE
      WHEN regexp_like(
        duration_text,
        '^(?:[0-9]{1,6}h)?(?:[0-9]{1,6}m)?[0-9]{1,15}(?:[.][0-9]+)?(?:[eE](?:[+]?0?[0-9]|-[0-9]{1,2}))? ?(?:ns|us|µs|μs|ms|s)\z')
      THEN round(
            1e9
              * (3600 * coalesce(try_cast(regexp_extract(duration_text, '^([0-9]+)h', 1) AS double), 0)
                + 60 * coalesce(try_cast(regexp_extract(duration_text, '(?:^|h)([0-9]+)m[0-9]', 1) AS double), 0)
                + try_cast(regexp_extract(duration_text, '([0-9]+(?:[.][0-9]+)?(?:[eE][+-]?[0-9]+)?) ?[a-zµμ]+\z', 1) AS double)
                  * CASE substr(duration_text, length(duration_text) - 1)
                    WHEN 'ms' THEN 1e-3
                    WHEN 'us' THEN 1e-6
                    WHEN 'µs' THEN 1e-6
                    WHEN 'μs' THEN 1e-6
                    WHEN 'ns' THEN 1e-9
                    ELSE 1e0
                  END))
            / 1e6
    END,
    round(
      1e6
        * (CASE WHEN regexp_like(request_processing_s, '^[0-9]{1,15}([.][0-9]+)?([eE]([+]?0?[0-9]|-[0-9]{1,2}))?\z') THEN try_cast(request_processing_s AS double) END
          + CASE WHEN regexp_like(server_s, '^[0-9]{1,15}([.][0-9]+)?([eE]([+]?0?[0-9]|-[0-9]{1,2}))?\z') THEN try_cast(server_s AS double) END
          + CASE WHEN regexp_like(response_processing_s, '^[0-9]{1,15}([.][0-9]+)?([eE]([+]?0?[0-9]|-[0-9]{1,2}))?\z') THEN try_cast(response_processing_s AS double) END))
      / 1000) AS duration_ms,
  coalesce(
    CASE WHEN regexp_like(server_ms, '^[0-9]{1,15}([.][0-9]+)?([eE]([+]?0?[0-9]|-[0-9]{1,2}))?\z') THEN try_cast(server_ms AS double) END,
    CASE WHEN regexp_like(server_ns, '^[0-9]{1,15}([.][0-9]+)?([eE]([+]?0?[0-9]|-[0-9]{1,2}))?\z') THEN try_cast(server_ns AS double) END / 1000000,
    round(1e9 * CASE WHEN regexp_like(server_s, '^[0-9]{1,15}([.][0-9]+)?([eE]([+]?0?[0-9]|-[0-9]{1,2}))?\z') THEN try_cast(server_s AS double) END) / 1e6,
    round(
      1e9
        * CASE
          WHEN cardinality(server_times) <= 5
          THEN coalesce(try_cast(element_at(server_times, 1) AS double), 0e0)
            + coalesce(try_cast(element_at(server_times, 2) AS double), 0e0)
            + coalesce(try_cast(element_at(server_times, 3) AS double), 0e0)
            + coalesce(try_cast(element_at(server_times, 4) AS double), 0e0)
            + coalesce(try_cast(element_at(server_times, 5) AS double), 0e0)
        END)
      / 1e6) AS server_ms,
  nullif(referrer, '-') AS referrer,
  nullif(user_agent, '-') AS user_agent,
  nullif(cache_status, '-') AS cache_status,
  nullif(edge_location, '-') AS edge_location,
  replace(replace(nullif(tls_version, '-'), 'TLSV', 'TLSv'), 'TLS 1', 'TLSv1') AS tls_version,
  nullif(tls_cipher, '-') AS tls_cipher,
  CAST(NULL AS varchar) AS auth_type,
  CAST(NULL AS varchar) AS signature_version,
  CAST(NULL AS varchar) AS acl_required,
  nullif(region, '-') AS region,
  CAST(NULL AS varchar) AS bucket_region,
  CAST(NULL AS varchar) AS transfer_destination,
  coalesce(
    nullif(level, '-'),
    CASE
      WHEN regexp_like(priority, '^[0-9]{1,3}\z')
      THEN element_at(
        split('emerg alert crit err warning notice info debug', ' '),
        1 + try_cast(priority AS integer) - 8 * (try_cast(priority AS integer) / 8))
    END) AS level,
  nullif(application, '-') AS application,
  message,
  coalesce(
    extra,
    CASE
      WHEN target IS NOT NULL
      THEN concat_ws(
        '',
        '{"target":"',
        CASE
          WHEN strpos(target, '"') > 0 OR strpos(target, '\') > 0 THEN replace(replace(target, '\', '\\'), '"', '\"')
          ELSE target
        END,
        '","target_status":"',
        CASE
          WHEN strpos(target_status, '"') > 0 OR strpos(target_status, '\') > 0
          THEN replace(replace(target_status, '\', '\\'), '"', '\"')
          ELSE coalesce(target_status, '-')
        END,
        '","target_group":"',
        CASE
          WHEN strpos(target_group, '"') > 0 OR strpos(target_group, '\') > 0
          THEN replace(replace(target_group, '\', '\\'), '"', '\"')
          ELSE coalesce(target_group, '-')
        END,
        '"}')
    END) AS extra,
  "$path" AS log_object,
  CASE
    WHEN unparsed IS NOT NULL THEN 'fits no line of the format'
    WHEN utc IS NULL THEN 'the time is no date'
  END AS reason,
  CASE WHEN unparsed IS NOT NULL OR utc IS NULL THEN line END AS line{{kept}}
FROM located
