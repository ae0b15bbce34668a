/*
A header in which no address stands. Four numbers behind a slash are a version, as in Chrome/130.0.0.0; behind two they
are a host.
*/
regexp_replace(
  regexp_replace({{text}}, '(^|//|[^0-9A-Za-z/._-])[0-9]{1,3}(\.[0-9]{1,3}){3}', '[address]'),
  '(?i)([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|[0-9a-f:]*::[0-9a-f:.]*',
  '[address]')
