/*
template: user-agents
parameters: { key: browser, condition: kind = 'bot' }
title: Bots
description: Which robots came, and how much they requested.
note: By the user agent, which anyone can set. The 100 with the most requests.
order: 170
columns:
  browser: { title: Bot }
*/
