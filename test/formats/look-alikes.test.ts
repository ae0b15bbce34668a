import { expect, test } from '@jest/globals';
import { formatOf } from '../../lib/formats/formats.ts';
import { lookAlikes } from '../../lib/formats/look-alikes.ts';

const json = formatOf('json');
const COLUMNS = ['status', 'bytes_sent', 'duration_ms', 'client_ip', 'method', 'path', 'user_agent'];

function found(...lines: object[]) {
  const texts = lines.map((line) => JSON.stringify(line));
  return Object.fromEntries(lookAlikes(json, texts, COLUMNS).map(({ column, key }) => [column, key]));
}

test('a key that looks like a column is found by its name and its values', () => {
  expect(
    found(
      {
        answer_status: '200',
        answer_size: 612,
        answer_time: 0.25,
        peer_addr: '192.0.2.1',
        verb_used: 'GET',
        asked_uri: '/',
      },
      {
        answer_status: '404',
        answer_size: 0,
        answer_time: 3,
        peer_addr: '2001:db8::1',
        verb_used: 'POST',
        asked_uri: '/a',
      },
    ),
  ).toEqual({
    status: 'answer_status',
    bytes_sent: 'answer_size',
    duration_ms: 'answer_time',
    client_ip: 'peer_addr',
    method: 'verb_used',
    path: 'asked_uri',
  });
});

test('also within an object, and after a prefix', () => {
  expect(found({ reply: { status_number: 200 } })).toEqual({ status: 'reply.status_number' });
  expect(lookAlikes(json, ['<134>cache: {"reply_status":200}'], ['status'])).toEqual([
    { column: 'status', key: 'reply_status' },
  ]);
});

test('no key is found that is mapped, has other values or a name with markup, nor a column that is not looked for', () => {
  expect(found({ status: 200 })).toEqual({});
  expect(found({ order_status: 'paid' }, { order_status: '200' })).toEqual({});
  expect(found({ '<b>status</b>': 200, 'status\u202e': 200 })).toEqual({});
  expect(lookAlikes(json, ['{"reply_status":200}', 'no JSON', '{"cut'], ['bytes_sent'])).toEqual([]);
});
