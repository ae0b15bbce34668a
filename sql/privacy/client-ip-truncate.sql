/*
The network of a client: /24 of an IPv4 address, also of one written as ::ffff:192.0.2.1, and /48 of an IPv6 address. A
value that is not an address may contain anything and is hidden completely. Trailing zero groups are dropped, so that a
network has one name in whichever form its addresses are written.
*/
CASE
  WHEN client_ip IS NULL THEN NULL
  WHEN regexp_like(lower(client_ip), '^(::ffff:)?[0-9]{1,3}(\.[0-9]{1,3}){3}\z')
    THEN regexp_replace(regexp_replace(lower(client_ip), '^::ffff:', ''), '[0-9]+\z', '0/24')
  WHEN regexp_like(lower(client_ip), '^[0-9a-f]*:[0-9a-f:.]*\z')
    THEN regexp_replace(
      coalesce(regexp_extract(lower(client_ip), '^[0-9a-f]{1,4}(:[0-9a-f]{1,4}){0,2}'), ''), '(:0+)+\z', '') || '::/48'
  ELSE 'unknown'
END
