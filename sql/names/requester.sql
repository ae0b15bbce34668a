/* Everybody who asked, to be looked up among the configured names. */
SELECT DISTINCT requester AS value FROM requests WHERE requester IS NOT NULL
