/*
title: W3C extended log, of IIS and others
kind: web
# W3C, "Extended Log File Format": `#Fields` lines name the fields of the lines after them. Times are UTC, and time-taken is
# in seconds. Microsoft's servers, recognized by further field names, write milliseconds, and a plus sign for each space of a
# user agent.
header:
  columns:
    time: date time
    host: [cs-host, cs(Host)]
    client_ip: c-ip
    requester: cs-username
    method: cs-method
    url: [cs-uri-stem, cs-uri]
    query: cs-uri-query
    protocol: cs-version
    status: sc-status
    bytes_sent: sc-bytes
    bytes_received: cs-bytes
    duration_ms: { name: time-taken, beside: [sc-win32-status, sc-substatus, s-sitename, s-computername] }
    duration_s: { name: time-taken, not_beside: [sc-win32-status, sc-substatus, s-sitename, s-computername] }
    referrer: [cs(Referer), cs(Referrer)]
    user_agent: cs(User-Agent)
  foreign: [x-edge-location, x-edge-result-type, x-edge-request-id, x-edge-response-result-type, x-edge-detailed-result-type, x-host-header, c-country, asn, DistributionId, timestamp, timestamp(ms)]
  plus_is_space: [cs(User-Agent)]
*/
