/*
The name of who a request is from: that of its requester, else of its client's address, else of the folder it is for.
The table of names holds one row a value.
*/
LEFT JOIN (SELECT value, team FROM {{database}}.names WHERE edition = ? AND kind = 'requester') AS by_requester
  ON by_requester.value = requests.requester
LEFT JOIN (SELECT value, team FROM {{database}}.names WHERE edition = ? AND kind = 'address') AS by_address
  ON by_address.value = requests.client_ip
LEFT JOIN (SELECT value, team FROM {{database}}.names WHERE edition = ? AND kind = 'folder') AS by_folder
  ON by_folder.value = requests.host || '/' || coalesce(regexp_extract(path, '(?s)^.*/'), '')
