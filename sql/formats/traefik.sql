/*
title: Traefik access log
kind: web
# Traefik, "Access logs", the format `common`: after the user agent come the number of the request, the router, the server
# and the time in milliseconds. The format json reads Traefik's JSON.
patterns:
  - '(?<client_ip>[^ ,"]+) (?<ident>[^ ]+) (?<requester>[^ ]+) \[(?<time>[^\]]+)\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>-|[0-9]{1,3}) (?<bytes_sent>-|[0-9]{1,18}) "(?<referrer>(?:[^"\\]|\\.)*)" "(?<user_agent>(?:[^"\\]|\\.)*)" [0-9]+ "(?:-|(?<target_group>[^"]*))" "(?:-|(?<target>[^"]*))" (?<duration_ms>[0-9]{1,15})ms'
envelopes: true
ignored: '#'
*/
