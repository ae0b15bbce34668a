/*
template: user-agents
parameters: { key: kind, condition: kind <> '' }
title: Humans and bots
description: How much came from computers, phones and tablets, and how much from robots.
note: >-
  Robots are those on the list of isbot: crawlers, monitors, libraries and command-line programs. Requests without a user
  agent count as none.
order: 160
columns:
  kind: { title: Kind }
*/
