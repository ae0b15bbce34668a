/*
title: Envoy access log
kind: web
# Envoy, "Access logging": the default format, and Istio's, which has more fields for the response and the connection. The
# format json reads Envoy's JSON.
patterns:
  - '\[(?<time>[0-9]{4}-[^\]]+)\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>[0-9]{1,3}) (?<error_code>[^ ]+)(?: [^ ]+ [^ ]+ "[^"]*")? (?<bytes_received>-|[0-9]{1,18}) (?<bytes_sent>-|[0-9]{1,18}) (?<duration_ms>-|[0-9]{1,15}) (?<server_ms>-|[0-9]{1,15}) "(?<forwarded_for>[^"]*)" "(?<user_agent>(?:[^"\\]|\\.)*)" "[^"]*" "(?<host>[^"]*)" "[^"]*"(?: [^ ]+ [^ ]+ [^ ]+ (?<client_ip>[^ ]+) [^ ]+ [^ ]+)?'
envelopes: true
ignored: '#'
*/
