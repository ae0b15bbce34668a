/*
title: Heroku router and dynos
kind: web
# Heroku, "HTTP routing": the router's line per request, as `heroku logs` shows it and as a drain sends it; and lines of
# dynos.
patterns:
  - '(?:[0-9]+ )?(?:<[0-9]{1,3}>1 )?(?<time>[0-9]{4}-[^ ]+)(?: host)? heroku(?:\[router\]:| router -(?: -)?) at=[a-z]+ (?:code=(?<error_code>[^ ]+) desc="[^"]*" )?method=(?<method>[^ ]+) path="(?<request_uri>(?:[^"\\]|\\.)*)" host=(?<host>[^ ]+) request_id=[^ ]+ fwd="(?<forwarded_for>[^"]*)" dyno=[^ ]* connect=(?:[0-9]+ms)? service=(?:(?<duration_ms>[0-9]{1,15})ms)? status=(?<status>[0-9]{1,3}) bytes=(?<bytes_sent>[0-9]{0,18})(?: .*)?'
  - '(?:[0-9]+ )?(?:<(?<priority>[0-9]{1,3})>1 )?(?<time>[0-9]{4}-[^ ]+)(?: host)? (?<application>app|heroku)(?:\[[^\]]+\]:| [^ ]+ -(?: -)?) (?<message>.*)'
ignored: '#'
*/
