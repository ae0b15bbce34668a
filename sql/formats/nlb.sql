/*
title: Network Load Balancer access log
kind: load-balancer
# Elastic Load Balancing, "Access logs for your Network Load Balancer": one line a TLS connection. It is no HTTP, so there
# is no status and no path; the duration is that of the connection.
patterns:
  - 'tls [0-9.]+ (?<time>[0-9]{4}-[^ ]+) (?<application>[^ ]+) [^ ]+ (?<client_ip>[^ ]+?)(?::[0-9]+)? (?<target>[^ ]+) (?<duration_ms>-|[0-9]+) (?:-|[0-9]+) (?<bytes_received>-|[0-9]{1,18}) (?<bytes_sent>-|[0-9]{1,18}) (?<error_code>[^ ]+) [^ ]+ [^ ]+ (?<tls_cipher>[^ ]+) (?<tls_version>[^ ]+) [^ ]+ (?<host>[^ ]+)(?: (?<protocol>[^ ]+))?(?: .*)?'
ignored: '#'
*/
