/*
title: Deleted objects
description: Which objects were deleted, by whom, from where and when.
note: The 1,000 latest successful deletions. Deletions by lifecycle rules are only in the section Deletions.
group: Who and what
order: 190
applies_to: [storage]
*/
SELECT
  time,
  host AS bucket,
  path AS object,
  operation,
  coalesce(requester, caller) AS requester,
  client_ip,
  user_agent
FROM records
WHERE path IS NOT NULL
  AND operation LIKE '%.DELETE.OBJECT'
  AND (status < 400 OR status IS NULL)
ORDER BY 1 DESC NULLS LAST, 2 NULLS LAST, 3, 4, 5 NULLS LAST, 6 NULLS LAST, 7 NULLS LAST
LIMIT 1000
