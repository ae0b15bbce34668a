/*
title: nginx access log
# The format "combined" of ngx_http_log_module, and "combined" with the request time at its end.
fields:
  client_ip: token
  ident: token
  requester: token
  time: bracketed_time
  request: quoted
  status: status
  bytes_sent: number
  referrer: quoted
  user_agent: quoted
  duration_s: token
required_fields: 9
patterns:
  - '(?<client_ip>[^ ]+) [^ ]+ (?<requester>.+?) \[(?<time>[^\]]+)\] "(?<request>.*?)" (?<status>-|[0-9]{3}) (?<bytes_sent>-|[0-9]+)'
*/
