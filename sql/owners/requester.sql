/* Every requester, to look up its owner. */
SELECT DISTINCT requester AS value FROM requests WHERE requester IS NOT NULL
