/*
title: Apache HTTP Server access and error log
kind: web
# mod_log_config: `combined`, with or without the time taken in microseconds (%D) after it; `vhost_combined`; `common`; a
# list of addresses in front; and lines of ErrorLog.
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
  duration_us: number
required_fields: 9
trailing_fields: none
patterns:
  - '(?<client_ip>[^ ,"]+) (?<ident>[^ ]+) (?<requester>[^ ]+) \[(?<time>[^\]]+)\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>-|[0-9]{3}) (?<bytes_sent>-|[0-9]{1,18})(?: "(?<referrer>(?:[^"\\]|\\.)*)" "(?<user_agent>(?:[^"\\]|\\.)*)"(?: "(?<forwarded_for>[^"]*)")?(?: (?:[0-9]+/)?(?<duration_us>[0-9]{1,18})(?: [^0-9"].*)?|(?: .*))?)?'
  - '(?<host>[A-Za-z0-9][A-Za-z0-9_.:-]*) (?<client_ip>[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*) [^ ]+ (?<requester>.+?) \[(?<time>[^\]]+)\] (?:\([0-9.]+ s\) )?"(?<request>(?:[^"\\]|\\.)*)" (?<status>-|[0-9]{3}) (?<bytes_sent>-|[0-9]{1,18})(?: "(?<referrer>(?:[^"\\]|\\.)*)" "(?<user_agent>(?:[^"\\]|\\.)*)"(?: (?:[0-9]+/)?(?<duration_us>[0-9]{1,18})(?: [^0-9"].*)?|(?: .*))?)?'
  - '"?(?:(?:unknown|-|10(?:\.[0-9]+){3}|127(?:\.[0-9]+){3}|192\.168(?:\.[0-9]+){2}|172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]+){2}), )*(?<client_ip>[0-9A-Fa-f.:]+)(?:, [0-9A-Fa-f.:]+)*"? (?:[0-9A-Fa-f.:]+ )*(?:- )?(?<requester>[^\[]+?) \[(?<time>[^\]]+)\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>-|[0-9]{3}) (?<bytes_sent>-|[0-9]{1,18})(?: "(?<referrer>(?:[^"\\]|\\.)*)" "(?<user_agent>(?:[^"\\]|\\.)*)"(?: .*)?)?'
  - '(?<client_ip>[^ ,"]+) (?<ident>[^ ]+) (?<requester>[^ ]+) \[(?<time>[^\]]+)\] "(?<request>.*?)" (?<status>-|[0-9]{3}) (?<bytes_sent>-|[0-9]{1,18}) "(?<referrer>.*?)" "(?<user_agent>.*)"(?: (?:[0-9]+/)?(?<duration_us>[0-9]{1,18}))?'
  - '\[(?<time>[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9][0-9] [0-9:.]+ [0-9]{4})\] \[(?:[a-z0-9_-]*:)?(?<level>[a-z0-9]+)\](?: \[pid [^\]]*\])?(?:(?: (?<error_code>\([0-9]+\)[^\[]*):)? \[client (?<client_ip>[^\]]+)\])? (?<message>.*)'
envelopes: true
ignored: '#'
*/
