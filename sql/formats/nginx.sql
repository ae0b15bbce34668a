/*
title: nginx access and error log
kind: web
# ngx_http_log_module: `combined`, with or without the request time ($request_time) after it; `main` of nginx's packages,
# with X-Forwarded-For after it; the virtual host or a list of addresses in front; `common`; lines of error_log;
# `upstreaminfo` of ingress-nginx; and `proxy` and `standard` of Nginx Proxy Manager.
fields:
  client_ip: token
  ident: token
  requester: token
  time: bracketed_time
  request: plain_quoted
  status: status
  bytes_sent: number
  referrer: plain_quoted
  user_agent: plain_quoted
  duration_s: seconds
required_fields: 9
patterns:
  - '(?<client_ip>[^ ,"]+) (?<ident>[^ ]+) (?<requester>[^ ]+) \[(?<time>[^\]]+)\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>-|[0-9]{3}) (?<bytes_sent>-|[0-9]{1,18}) "(?<referrer>(?:[^"\\]|\\.)*)" "(?<user_agent>(?:[^"\\]|\\.)*)" (?<bytes_received>[0-9]{1,18}) (?<duration_s>[0-9]{1,9}[.][0-9]{1,9}) \[[^\]]*\](?: \[[^\]]*\])? (?:[^ ]+, )*[^ ]+ (?:[0-9-]+, )*[0-9-]+ (?<server_s>(?:[0-9.-]+, )*[0-9.-]+) (?:[0-9-]+, )*[0-9-]+(?: [^ ]+)?'
  - '\[(?<time>[^\]]+)\] (?:(?<cache_status>[A-Z-]+) (?:[0-9-]+, )*[0-9-]+ )?(?<status>[0-9]{3}) - (?<method>[^ ]+) [a-z]+ (?<host>[^ ]+) "(?<request_uri>(?:[^"\\]|\\.)*)" \[Client (?<client_ip>[^\]]+)\] \[Length (?<bytes_sent>-|[0-9]{1,18})\] \[Gzip [^\]]*\](?: \[Sent-to [^\]]*\])? "(?<user_agent>(?:[^"\\]|\\.)*)" "(?<referrer>(?:[^"\\]|\\.)*)"'
  - '(?<client_ip>[^ ,"]+) (?<ident>[^ ]+) (?<requester>[^ ]+) \[(?<time>[^\]]+)\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>-|[0-9]{3}) (?<bytes_sent>-|[0-9]{1,18})(?: "(?<referrer>(?:[^"\\]|\\.)*)" "(?<user_agent>(?:[^"\\]|\\.)*)"(?: "(?<forwarded_for>[^"]*)")?(?: "[^"]*")*(?: (?:(?<bytes_received>[0-9]{1,18}) )?(?:rt=|request_time=)?"?(?<duration_s>[0-9]{1,9}[.][0-9]{1,9})"?)?(?: .*)?)?'
  - '(?<host>[A-Za-z0-9][A-Za-z0-9_.:-]*) (?<client_ip>[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*) [^ ]+ (?<requester>.+?) \[(?<time>[^\]]+)\] (?:\([0-9.]+ s\) )?"(?<request>(?:[^"\\]|\\.)*)" (?<status>-|[0-9]{3}) (?<bytes_sent>-|[0-9]{1,18})(?: "(?<referrer>(?:[^"\\]|\\.)*)" "(?<user_agent>(?:[^"\\]|\\.)*)"(?: (?<duration_s>[0-9]{1,9}[.][0-9]{1,9}))?(?: .*)?)?'
  - '"?(?:(?:unknown|-|10(?:\.[0-9]+){3}|127(?:\.[0-9]+){3}|192\.168(?:\.[0-9]+){2}|172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]+){2}), )*(?<client_ip>[0-9A-Fa-f.:]+)(?:, [0-9A-Fa-f.:]+)*"? (?:[0-9A-Fa-f.:]+ )*(?:- )?(?<requester>[^\[]+?) \[(?<time>[^\]]+)\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>-|[0-9]{3}) (?<bytes_sent>-|[0-9]{1,18})(?: "(?<referrer>(?:[^"\\]|\\.)*)" "(?<user_agent>(?:[^"\\]|\\.)*)"(?: .*)?)?'
  - '(?<client_ip>[^ ,"]+) (?<ident>[^ ]+) (?<requester>[^ ]+) \[(?<time>[^\]]+)\] "(?<request>.*?)" (?<status>-|[0-9]{3}) (?<bytes_sent>-|[0-9]{1,18}) "(?<referrer>.*?)" "(?<user_agent>.*)"(?: (?<duration_s>[0-9]{1,9}[.][0-9]{1,9}))?'
  - '(?<time>[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9:]{8}) \[(?<level>[a-z]+)\] [0-9]+#[0-9]+: (?:\*[0-9]+ )?(?<message>.*?)(?:, client: (?<client_ip>[0-9A-Fa-f.:]+)(?:, server: (?<host>[^,]*))?(?:, request: "(?<request>[^"]*)")?(?:, .*)?)?'
envelopes: true
ignored: '#'
*/
