import { type Answers, table } from '../table.ts';

/** Sections of the group Latency over the hand-made month of S3 logs. */
export const ANSWERS: Answers = {
  'slow-objects': table`
    bucket | object       | downloads | slow_downloads | p95_ms | max_ms | mean_server_ms | mean_network_ms | bytes_sent
    photos | 2026/dog.jpg |         1 |              1 |   2000 |   2000 |             50 |            1950 |       5000`,
};
