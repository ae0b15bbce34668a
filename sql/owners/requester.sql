/* Every requester, to look up its owner. */
SELECT DISTINCT requester AS value FROM records WHERE requester IS NOT NULL
