/* A path up to its first question mark. */
regexp_replace({{text}}, '(?s)\?.*$', '')
