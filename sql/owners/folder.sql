/* All requested folders of buckets, to look up their owners. */
SELECT DISTINCT host || '/' || coalesce(regexp_extract(path, '(?s)^.*/'), '') AS value
FROM records
WHERE host IS NOT NULL AND path IS NOT NULL
