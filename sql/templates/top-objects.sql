/*
group: Who and what
applies_to: [storage]
charts:
  - { kind: bars, title: {{chart}}, x: [bucket, object], y: [{{ranked_by}}] }
terminal: bars
*/
WITH objects AS (
  SELECT
    host AS bucket,
    path AS object,
    {{requests}} AS requests,
    {{downloads}} AS downloads,
    {{incomplete_downloads}} AS incomplete_downloads,
    {{uploads}} AS uploads,
    {{bytes_sent}} AS bytes_sent,
    {{bytes_received}} AS bytes_received,
    {{errors}} AS errors,
    {{last_seen}} AS last_seen
  FROM requests
  WHERE path IS NOT NULL
  GROUP BY 1, 2
)
SELECT
  bucket,
  object,
  requests,
  downloads,
  incomplete_downloads,
  uploads,
  bytes_sent,
  bytes_received,
  errors,
  last_seen
FROM objects
ORDER BY {{rank}} DESC, bucket NULLS LAST, object
LIMIT 100
