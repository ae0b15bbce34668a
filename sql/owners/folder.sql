/* Every folder of a bucket that is asked for, to look up its owner. */
SELECT DISTINCT host || '/' || coalesce(regexp_extract(path, '(?s)^.*/'), '') AS value
FROM records
WHERE host IS NOT NULL AND path IS NOT NULL
