/* All requesters, to look up their owners. */
SELECT DISTINCT requester AS value FROM records WHERE requester IS NOT NULL
