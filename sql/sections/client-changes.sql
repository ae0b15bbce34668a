/*
template: changes
parameters:
  keys: client_ip
  selected: client_ip
  present: client_ip
  figures: requests, requests_before, change, bytes_sent, bytes_sent_before
  most_of_a_kind: 50
title: Changes among clients
description: Which client addresses are new or gone, and whose requests rose or fell since the previous period.
order: 20
applies_to: [storage, cdn, load-balancer, web]
*/
