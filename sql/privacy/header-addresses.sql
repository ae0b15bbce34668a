/*
Replaces addresses in a header. Four numbers after one slash are a version, as in Chrome/130.0.0.0; after two slashes they
are a host.
*/
regexp_replace(
  regexp_replace({{text}}, '(^|//|[^0-9A-Za-z/._-])[0-9]{1,3}(\.[0-9]{1,3}){3}', '[address]'),
  '(?i)([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|[0-9a-f:]*::[0-9a-f:.]*',
  '[address]')
