/*
Parts of one object that one client fetched on one day (UTC) are one download, as counters of downloads have it, such as
the IAB's podcast guidelines: the client is the address, the requester and the agent. Of such parts the last one is

- parts, if their bytes reach the size of the object, or if no line has the size,
- probe, if they are no more than 1,024 bytes, which players ask for to learn the size,
- incomplete otherwise.

Every other row keeps its `download`.
*/
SELECT
  {{columns}},
  CASE
    WHEN download = 'part' AND place = 1 THEN
      CASE
        WHEN bytes_of_parts >= size_of_object THEN 'parts'
        WHEN bytes_of_parts <= 1024 THEN 'probe'
        WHEN size_of_object IS NULL THEN 'parts'
        ELSE 'incomplete'
      END
    ELSE download
  END AS download
FROM (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY {{within}}download, client_ip, requester, user_agent, host, path
      ORDER BY time DESC, bytes_sent DESC, duration_ms DESC, log_object DESC
    ) AS place,
    coalesce(sum(bytes_sent) OVER (PARTITION BY {{within}}download, client_ip, requester, user_agent, host, path), 0)
      AS bytes_of_parts,
    max(object_size) OVER (PARTITION BY {{within}}download, client_ip, requester, user_agent, host, path) AS size_of_object
  FROM {{rows}}
)
