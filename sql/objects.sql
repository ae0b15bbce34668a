/*
Defines `objects` for sections: one row per object of a bucket, with its figures. Their sums are those of all requests for
objects. Reads `requests` once.
*/
SELECT
  host,
  path,
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
