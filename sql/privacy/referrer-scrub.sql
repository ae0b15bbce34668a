/* A referring page without user, query string and fragment. */
regexp_replace(regexp_replace({{text}}, '(?s)[?#].*$', ''), '//[^/@]*@', '//')
