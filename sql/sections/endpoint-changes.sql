/*
template: changes
parameters:
  keys: endpoint
  selected: endpoint
  present: endpoint
  figures: requests, requests_before, change
  most_of_a_kind: 50
title: Changes among endpoints
description: Which endpoints are new or gone, and where requests rose or fell since the previous period.
order: 40
applies_to: [cdn, load-balancer, web]
mail:
  changes: { most_of_a_kind: 50 }
*/
