/*
Joins the owner of a request: the owner of its requester, else of its client address, else of the requested folder. The
table `owners` has one row per value.
*/
LEFT JOIN (SELECT value, owner FROM {{database}}.owners WHERE edition = ? AND kind = 'requester') AS by_requester
  ON by_requester.value = requests.requester
LEFT JOIN (SELECT value, owner FROM {{database}}.owners WHERE edition = ? AND kind = 'address') AS by_address
  ON by_address.value = requests.client_ip
LEFT JOIN (SELECT value, owner FROM {{database}}.owners WHERE edition = ? AND kind = 'folder') AS by_folder
  ON by_folder.value = requests.host || '/' || coalesce(regexp_extract(path, '(?s)^.*/'), '')
