/*
group: Who and what
applies_to: [storage]
charts:
  - { kind: bars, title: {{chart}}, x: [bucket, object], y: [{{ranked_by}}] }
terminal: bars
*/
SELECT
  host AS bucket,
  path AS object,
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
