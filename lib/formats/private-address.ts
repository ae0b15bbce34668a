/**
 * A regular expression for an address of a proxy of one's own: loopback, private (RFC 1918, RFC 4193), link-local, shared
 * by a carrier (RFC 6598), or a local socket, as web servers write it, without brackets and port.
 */
export const PRIVATE_ADDRESS = `(?:${[
  '(?:::[fF]{4}:)?(?:(?:10|127)[.][0-9]{1,3}|192[.]168|169[.]254|172[.](?:1[6-9]|2[0-9]|3[01])|100[.](?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7]))[.][0-9]{1,3}[.][0-9]{1,3}',
  '::1',
  '(?:[fF][cCdD][0-9A-Fa-f]{2}|[fF][eE][89abAB][0-9A-Fa-f]):[0-9A-Fa-f:]*(?:%[0-9A-Za-z]+)?',
  'unix:[^ ,"]*',
].join('|')})`;
