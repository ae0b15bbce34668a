import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, test } from '@jest/globals';
import { expectAnswer, table } from './answers/table.ts';
import { openRequests, type RequestRow, sectionOf } from './database.ts';

describe('log lines that are not requests', () => {
  const line = (minute: number, level: string, application: string, message: string): RequestRow => ({
    source: 'site',
    day: '2026-03-05',
    time: `2026-03-05 08:0${minute}:00`,
    host: 'web-1',
    level,
    application,
    message,
  });
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests([
      line(1, 'info', 'sshd', 'port 51022 closed'),
      line(2, 'info', 'sshd', 'port 51023 closed'),
      line(3, 'err', 'cron', 'no such job'),
      // A request whose line has a message, too.
      { ...line(4, 'info', 'shop', 'handled'), status: 200 },
    ]);
  });

  test('lines by day and hour, the requests among them too', async () => {
    await expectAnswer(
      connection,
      sectionOf('lines-by-day'),
      table`
        day        | lines
        2026-03-05 |     4`,
    );
    await expectAnswer(
      connection,
      sectionOf('lines-by-hour'),
      table`
        hour | lines
           8 |     4`,
    );
  });

  test('levels', async () => {
    await expectAnswer(
      connection,
      sectionOf('levels'),
      table`
        level | lines | applications | first_seen       | last_seen
        info  |     2 |            1 | 2026-03-05 08:01 | 2026-03-05 08:02
        err   |     1 |            1 | 2026-03-05 08:03 | 2026-03-05 08:03`,
    );
  });
  test('applications', async () => {
    await expectAnswer(
      connection,
      sectionOf('applications'),
      table`
        host  | application | lines | first_seen       | last_seen
        web-1 | sshd        |     2 | 2026-03-05 08:01 | 2026-03-05 08:02
        web-1 | cron        |     1 | 2026-03-05 08:03 | 2026-03-05 08:03`,
    );
  });
  test('messages, regardless of the numbers in them', async () => {
    await expectAnswer(
      connection,
      sectionOf('messages'),
      table`
        application | message       | lines | first_seen       | last_seen
        sshd        | port # closed |     2 | 2026-03-05 08:01 | 2026-03-05 08:02
        cron        | no such job   |     1 | 2026-03-05 08:03 | 2026-03-05 08:03`,
    );
  });
});
