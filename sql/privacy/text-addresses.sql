/*
Replaces all addresses in a text: IPv4, and IPv6 written in full or with two colons in a row. For fields that also name
other hosts, such as X-Forwarded-For.
*/
regexp_replace(
  regexp_replace({{text}}, '[0-9]{1,3}(\.[0-9]{1,3}){3}', '[address]'),
  '(?i)([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|[0-9a-f:]*::[0-9a-f:.]*',
  '[address]')
