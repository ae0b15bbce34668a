/*
The owner of a request: that of its requester, else of the client address, else of the folder that is asked for. The table
of owners has one row per value.
*/
LEFT JOIN (SELECT value, owner FROM {{database}}.owners WHERE edition = ? AND kind = 'requester') AS by_requester
  ON by_requester.value = requests.requester
LEFT JOIN (SELECT value, owner FROM {{database}}.owners WHERE edition = ? AND kind = 'address') AS by_address
  ON by_address.value = requests.client_ip
LEFT JOIN (SELECT value, owner FROM {{database}}.owners WHERE edition = ? AND kind = 'folder') AS by_folder
  ON by_folder.value = requests.host || '/' || coalesce(regexp_extract(path, '(?s)^.*/'), '')
