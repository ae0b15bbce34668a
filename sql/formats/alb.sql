/*
title: Application Load Balancer access log
kind: load-balancer
# Elastic Load Balancing, "Access logs for your Application Load Balancer": 20 fields in 2016, 33 now. Times of -1 are none.
patterns:
  - '(?:h2|https?|grpcs?|wss?|-) (?<time>[0-9]{4}-[^ ]+) (?<application>[^ ]+) (?<client_ip>[^ ]+?)(?::[0-9]+)? (?<target>[^ ]+) (?<request_processing_s>-|-?[0-9.]+) (?<server_s>-|-?[0-9.]+) (?<response_processing_s>-|-?[0-9.]+) (?<status>-|[0-9]{3}) (?<target_status>-|[0-9]{3}) (?<bytes_received>-|-?[0-9]{1,18}) (?<bytes_sent>-|-?[0-9]{1,18}) "(?<request>(?:[^"\\]|\\.)*|.*?)" "(?<user_agent>(?:[^"\\]|\\.)*|.*?)" (?<tls_cipher>[^ "]+) (?<tls_version>[^ "]+) (?<target_group>[^ "]+) "[^" ]*"(?: "(?<host>[^" ]*)"(?: "[^"]*" [^ ]+ [^ ]+ "[^"]*" "[^"]*" "(?<error_code>[^"]*)")?)?(?: .*)?'
ignored: '#'
*/
