/*
title: Application Load Balancer access, connection and health check log
kind: load-balancer
# Elastic Load Balancing, "Access logs for your Application Load Balancer": 20 fields in 2016, 33 now. A time of -1 is no
# time. Connection logs and health check logs are written to the same folders and have their own pages in that guide; both
# are in seconds. AWS writes one test file per log, with one sentence in it: see `ignored`.
fields:
  type: token
  time: token
  application: token
  client_ip: address_port
  target: token
  request_processing_s: token
  server_s: token
  response_processing_s: token
  status: status
  target_status: token
  bytes_received: number
  bytes_sent: number
  request: plain_quoted
  user_agent: plain_quoted
  tls_cipher: token
  tls_version: token
  target_group: token
  trace_id: plain_quoted
  host: plain_quoted
  certificate: plain_quoted
  rule_priority: token
  request_creation_time: token
  actions: plain_quoted
  redirect_url: plain_quoted
  error_code: plain_quoted
trailing_fields: any
patterns:
  - '(?:h2|https?|grpcs?|wss?|-) (?<time>[0-9]{4}-[^ ]+) (?<application>[^ ]+) (?<client_ip>[^ ]+?)(?::[0-9]+)? (?<target>[^ ]+) (?<request_processing_s>-|-?[0-9.]+) (?<server_s>-|-?[0-9.]+) (?<response_processing_s>-|-?[0-9.]+) (?<status>-|[0-9]{3}) (?<target_status>-|[0-9]{3}) (?<bytes_received>-|-?[0-9]{1,18}) (?<bytes_sent>-|-?[0-9]{1,18}) "(?<request>(?:[^"\\]|\\.)*|.*?)" "(?<user_agent>(?:[^"\\]|\\.)*|.*?)" (?<tls_cipher>[^ "]+) (?<tls_version>[^ "]+) (?<target_group>[^ "]+) "[^" ]*"(?: "(?<host>[^" ]*)"(?: "[^"]*" [^ ]+ [^ ]+ "[^"]*" "[^"]*" "(?<error_code>[^"]*)")?)?(?: .*)?'
  - '(?<time>[0-9]{4}-[0-9T:.-]+Z) (?<client_ip>[0-9A-Fa-f.:]+) [0-9]{1,5} [0-9]{1,5} (?<tls_version>-|(?:TLS|tls)[^ ]*) (?<tls_cipher>[^ ]+) (?<duration_s>-|[0-9.]+) (?:-|"[^"]*") [^ ]+ [^ ]+ (?:-|Success|(?<error_code>Failed:[^ ]+)) [^ ]+(?: .*)?'
  - '(?:h2|https?|grpcs?|lambda|-) (?<time>[0-9]{4}-[0-9T:.-]+Z) (?<duration_s>-|[0-9.]+) (?<target>[^ ]+) (?<target_group>[^ ]+) (?:-|[A-Z_]+) (?<target_status>-|[0-9]{1,3}) (?<error_code>-|[A-Za-z][^ ]*)(?: .*)?'
pattern_values:
  1: { operation: CONNECTION }
  2: { operation: HEALTH_CHECK }
ignored: '#|Enable [A-Za-z]+Logs? for ELB: '
*/
