/* Cuts a path at its first question mark. */
regexp_replace({{text}}, '(?s)\?.*$', '')
