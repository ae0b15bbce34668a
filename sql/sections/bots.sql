/*
template: user-agents
parameters: { key: browser, condition: kind = 'bot' }
title: Bots
description: Which robots sent requests, and how many.
note: Recognized by the user agent, which anyone can set. The 100 robots with the most requests.
order: 170
columns:
  browser: { title: Bot }
*/
