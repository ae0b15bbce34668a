/*
title: Network Load Balancer access log
kind: load-balancer
# Elastic Load Balancing, "Access logs for your Network Load Balancer": one line per TLS connection. It is not HTTP, so
# status and path are NULL; the duration is that of the connection.
fields:
  type: token
  version: token
  time: token
  application: token
  listener: token
  client_ip: address_port
  target: token
  duration_ms: number
  tls_handshake_ms: number
  bytes_received: number
  bytes_sent: number
  error_code: token
  certificate: token
  certificate_serial: token
  tls_cipher: token
  tls_version: token
  tls_named_group: token
  host: token
  protocol: token
required_fields: 18
ignored: '#|Enable [A-Za-z]+Logs? for ELB: '
*/
