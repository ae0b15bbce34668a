/*
template: user-agents
parameters: { key: system, condition: "kind NOT IN ('bot', 'none')" }
title: Operating systems
description: Which operating systems people used.
note: Recognized by the user agent, without robots. The 100 systems with the most requests.
order: 150
*/
