/*
title: Classic Load Balancer access log
kind: load-balancer
# Elastic Load Balancing, "Access logs for your Classic Load Balancer". Lines of 2014 end after the request.
fields:
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
required_fields: 13
patterns:
  - '(?<time>[0-9]{4}-[^ ]+) (?<application>[^ ]+) (?<client_ip>[^ ]+?)(?::[0-9]+)? (?<target>[^ ]+) (?<request_processing_s>-|-?[0-9.]+) (?<server_s>-|-?[0-9.]+) (?<response_processing_s>-|-?[0-9.]+) (?<status>-|[0-9]{3}) (?<target_status>-|[0-9]{3}) (?<bytes_received>-|-?[0-9]{1,18}) (?<bytes_sent>-|-?[0-9]{1,18}) "(?<request>(?:[^"\\]|\\.)*|.*?)"(?: "(?<user_agent>(?:[^"\\]|\\.)*|.*?)" (?<tls_cipher>[^ "]+) (?<tls_version>[^ "]+))?(?: .*)?'
ignored: '#|Enable [A-Za-z]+Logs? for ELB: '
*/
