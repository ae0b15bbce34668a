/*
A name for a client that is the same in every report of this name and says nothing of the address to who lacks the key.
The key is a hash of the secret and always 64 hexadecimal digits, so that it can neither end the literal nor run into
the address. 64 bits tell millions of clients apart.
*/
CASE
  WHEN client_ip IS NOT NULL
  THEN 'ip-' || lower(substr(to_hex(sha256(to_utf8('{{address_key}}' || client_ip))), 1, 16))
END
