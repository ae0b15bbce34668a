/*
title: HAProxy HTTP log
kind: load-balancer
# HAProxy Configuration Manual, "HTTP log format" (option httplog), with or without a syslog prefix. Timers are in
# milliseconds, and -1 is no time. The server's time is that to the response's first byte (Tr). The total (Ta) and the size
# have a plus sign if the line was written before the end. A request that HAProxy could not read is <BADREQ>.
patterns:
  - '(?:[^"]{0,200}? ?haproxy(?:\[[0-9]+\]:| [0-9]+ [^ ]+ [^ ]+) )?(?<client_ip>[0-9A-Fa-f.:]+):[0-9]+ \[(?<time>[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8}(?:\.[0-9]+)?)\] (?<application>[^ ]+) (?<target>[^ ]+) -?[0-9]+/-?[0-9]+/-?[0-9]+/(?:-1|(?<server_ms>[0-9]+))/\+?(?:-1|(?<duration_ms>[0-9]+)) (?:-1|(?<status>[0-9]{3})) \+?(?<bytes_sent>[0-9]{1,18}) [^ ]+ [^ ]+ (?:-{4}|(?<error_code>[A-Za-z-]{4})) [0-9]+/[0-9]+/[0-9]+/[0-9]+/\+?[0-9]+ [0-9]+/[0-9]+ (?:\{[^}]*\} ){0,2}"(?:<BADREQ>|(?<request>[^"]*))"?(?: .*)?'
ignored: '#'
*/
