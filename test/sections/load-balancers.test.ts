import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, test } from '@jest/globals';
import { expectAnswer, table } from './answers/table.ts';
import { openRequests, type RequestRow, sectionOf } from './database.ts';

describe('behind load balancers', () => {
  const balanced = (status: number, target: string, target_status: string, server_ms: number | null): RequestRow => ({
    source: 'site',
    day: '2026-03-05',
    time: '2026-03-05 08:00:00',
    client_ip: '192.0.2.10',
    application: 'app/shop/1',
    status,
    bytes_sent: 100,
    duration_ms: 10,
    server_ms,
    error_code: status === 502 ? 'LambdaInvalidResponse' : null,
    extra: JSON.stringify({ target, target_status, target_group: 'shop' }),
  });
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests([
      balanced(200, '10.0.0.1:80', '200', 4),
      balanced(200, '10.0.0.1:80', '200', 6),
      balanced(500, '10.0.0.1:80', '500', 8),
      balanced(200, '10.0.0.2:80', '201', 2),
      balanced(502, '10.0.0.2:80', '-', null),
      balanced(503, '-', '-', null),
    ]);
  });

  test('targets', async () => {
    await expectAnswer(
      connection,
      sectionOf('targets'),
      table`
        load_balancer | target_group | target      | requests | bytes_sent | target_errors | balancer_errors | mean_ms | p95_ms
        app/shop/1    | shop         | 10.0.0.1:80 |        3 |        300 |             1 |               0 |       6 |      8
        app/shop/1    | shop         | 10.0.0.2:80 |        2 |        200 |             0 |               1 |       2 |      2
        app/shop/1    | shop         | null        |        1 |        100 |             0 |               1 |    null |   null`,
    );
  });
  test("target-answers that differ from the balancer's", async () => {
    await expectAnswer(
      connection,
      sectionOf('target-answers'),
      table`
        status | target_status | error_code            | requests | clients | mean_ms | last_seen
           200 | 201           | null                  |        1 |       1 |      10 | 2026-03-05 08:00
           502 | null          | LambdaInvalidResponse |        1 |       1 |      10 | 2026-03-05 08:00
           503 | null          | null                  |        1 |       1 |      10 | 2026-03-05 08:00`,
    );
  });
});
