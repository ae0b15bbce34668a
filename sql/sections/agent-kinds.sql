/*
template: user-agents
parameters: { key: kind, condition: kind <> '' }
title: Humans and bots
description: How many requests came from computers, phones and tablets, and how many from robots.
note: >-
  Robots are the user agents on isbot's list: crawlers, monitors, libraries and command-line programs. Requests without a
  user agent are of the kind none.
order: 160
columns:
  kind: { title: Kind }
*/
