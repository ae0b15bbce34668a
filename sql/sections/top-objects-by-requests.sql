/*
template: top-objects
parameters: { chart: Requests, ranked_by: requests, rank: requests }
title: Top objects by requests
description: Which objects were requested most often.
note: The 100 objects with the most requests.
order: 40
entity: [bucket, object]
insights: ranks
*/
