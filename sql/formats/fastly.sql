/*
title: Fastly, syslog lines in S3
kind: cdn
# A syslog prefix (Fastly's "classic", or its "loggly" of RFC 5424), then the body that the service's format writes: Fastly's
# default, a common log; a combined log with the cache's answer; a body without a method or quotes; one that starts with the
# status; or a JSON object. The time is that of the body if it has one.
fields:
  syslog_time: token
  edge_location: token
  tag: token
  client_ip: token
  ident: plain_quoted
  requester: plain_quoted
  time: http_time
  request: plain_quoted
  status: status
  bytes_sent: number
  referrer: plain_quoted
  user_agent: plain_quoted
  cache_status: token
required_fields: 12
patterns:
  - '(?:<[0-9]{1,3}>)?[0-9]{4}-[0-9T:.+Z-]+ (?<edge_location>[^ ]+) [^ ]+: (?<client_ip>[^ ]+) "[^"]*" "(?<requester>[^"]*)" (?<time>[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8}) GMT "(?<request>(?:[^"\\]|\\.)*)" (?<status>-|\(null\)|[0-9]{3}) (?<bytes_sent>-|\(null\)|[0-9]{1,18}) "(?:\(null\)|(?<referrer>(?:[^"\\]|\\.)*))" "(?:\(null\)|(?<user_agent>(?:[^"\\]|\\.)*))"(?: (?<cache_status>[^ ]+))?(?: .*)?'
  - '(?:<[0-9]{1,3}>)?[0-9]{4}-[0-9T:.+Z-]+ (?<edge_location>[^ ]+) [^ ]+: (?<client_ip>[^ ]+) (?:"[^"]*" ){0,2}(?<time>[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8}) GMT "?(?:(?<method>[A-Z]+) )?(?<url>/[^ "]*)(?: (?<protocol>HTTP/[0-9.]+))?"? (?<status>[0-9]{3})(?: (?<bytes_sent>[0-9]{1,18}))?(?: (?<user_agent>.*))?'
  - '(?:<[0-9]{1,3}>)?(?<time>[0-9]{4}-[0-9T:.+Z-]+) (?<edge_location>[^ ]+) [^ ]+: (?<status>[0-9]{3}) (?<bytes_sent>[0-9]{1,18}) [0-9]+ [^ ]+ (?<host>[^ ]+) (?<url>/[^ ]*)(?: .*)?'
  - '(?:<[0-9]{1,3}>)?(?:1 )?[0-9]{4}-[0-9T:.+Z-]+ (?<edge_location>cache-[^ ]+) (?:[^ ]+:|[^ ]+ [^ ]+ [^ ]+ (?:-|\[[^\]]*\])) (?<client_ip>[^ ,"]+) (?<ident>[^ ]+) (?<requester>[^ ]+) \[(?<time>[^\]]+)\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>-|\(null\)|[0-9]{3}) (?<bytes_sent>-|\(null\)|[0-9]{1,18})(?: "(?:\(null\)|(?<referrer>(?:[^"\\]|\\.)*))" "(?:\(null\)|(?<user_agent>(?:[^"\\]|\\.)*))")?(?: .*)?'
  - '(?:<[0-9]{1,3}>)?(?:1 )?(?<time>[0-9]{4}-[0-9T:.+Z-]+) (?<edge_location>[^ ]+)(?: [^ {]+:| [^ ]+ [^ ]+ [^ ]+ (?:-|\[[^\]]*\]))? +(?<json>\{.*\})'
json:
  time: [timestamp, time_start, time_start_iso8601, start_time, time]
  client_ip: [client_ip, remote_addr, ip]
  forwarded_for: [x_forwarded_for]
  host: [host, request_host, req_host]
  request: [request]
  method: [request_method, method]
  url: [url, request_url, uri]
  protocol: [request_protocol, protocol]
  status: [response_status, resp_status, status, status_code]
  bytes_sent: [response_body_size, resp_body_size, resp_body_bytes_written, bytes_sent, response_size]
  bytes_received: [request_body_size, req_body_bytes_read]
  duration_us: [time_elapsed, elapsed_us]
  duration_ms: [time_elapsed_ms, duration_ms]
  referrer: [request_referer, referer, referrer]
  user_agent: [request_user_agent, user_agent]
  cache_status: [response_state, cache_status, fastly_info_state]
  edge_location: [fastly_server, server_datacenter, pop, datacenter]
  is_edge: [fastly_is_edge, is_edge]
  tls_version: [tls_protocol, tls_version, tls_client_protocol]
  tls_cipher: [tls_cipher, tls_client_cipher]
ignored: '#'
*/
