/*
template: user-agents
parameters: { key: browser, condition: "kind NOT IN ('bot', 'none')" }
title: Browsers and programs
description: Which browsers and other programs people used.
note: >-
  Recognized by the user agent, without robots. A visitor is an address with a user agent on one day. The 100 with the
  most requests.
order: 140
terminal: bars
*/
