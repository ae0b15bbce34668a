/* Removes user, query string and fragment from a referring page. */
regexp_replace(regexp_replace({{text}}, '(?s)[?#].*$', ''), '//[^/@]*@', '//')
