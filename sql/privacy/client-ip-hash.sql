/*
A pseudonym of a client. It is the same in all editions of a report, and without the key nobody can derive the address
from it. The key is a hash of the secret and always 64 hexadecimal digits, so it can neither end the literal nor be
confused with the address that follows. 64 bits suffice to distinguish millions of clients.
*/
CASE
  WHEN client_ip IS NOT NULL
  THEN 'ip-' || lower(substr(to_hex(sha256(to_utf8('{{address_key}}' || client_ip))), 1, 16))
END
