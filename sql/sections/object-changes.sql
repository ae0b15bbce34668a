/*
template: changes
parameters:
  keys: bucket, object
  selected: host AS bucket, path AS object
  present: path
  figures: requests, requests_before, change, bytes_sent, bytes_sent_before
  most_of_a_kind: 50
title: Changes among objects
description: Which objects are new or no longer requested, and for which requests rose or fell since the previous period.
order: 30
applies_to: [storage]
mail:
  changes: { most_of_a_kind: 50 }
*/
