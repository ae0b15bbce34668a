/* Replaces the client's own address in a text, such as a user agent that repeats it. */
CASE WHEN nullif(client_ip, '') IS NULL THEN {{text}} ELSE replace({{text}}, client_ip, '[address]') END
