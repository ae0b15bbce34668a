/* Every folder of a bucket that was asked for, to be looked up among the configured names. */
SELECT DISTINCT host || '/' || coalesce(regexp_extract(path, '(?s)^.*/'), '') AS value
FROM requests
WHERE host IS NOT NULL AND path IS NOT NULL
