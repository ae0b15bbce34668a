/*
template: changes
parameters:
  keys: requester
  selected: caller AS requester
  present: caller
  figures: requests, requests_before, change, bytes_sent, bytes_sent_before
  most_of_a_kind: 50
title: Changes among requesters
description: Which requesters are new or gone, and whose requests rose or fell since the previous period.
note: >-
  The 50 largest differences of each kind (new, gone, risen, fallen). All anonymous requests count as one requester.
order: 10
applies_to: [storage]
mail:
  changes: { most_of_a_kind: 50 }
*/
