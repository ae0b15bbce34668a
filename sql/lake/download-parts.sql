/*
Parts of one object that one client fetched on one day (UTC) count as one download, as in the IAB's podcast guidelines. A
client is an address, a requester and a user agent together. The last of such parts becomes

- parts, if their bytes reach the size of the object, or if no line has the size;
- probe, if they are at most 1,024 bytes, which players request to learn the size;
- incomplete otherwise.

All other rows keep their `download`.
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
