import { expect, test } from '@jest/globals';
import { formatOf } from '../../lib/formats/formats.ts';
import { mapLines } from '../parser/mapped-lines.ts';

function kindOf(format_id: string, line: string): unknown {
  const [{ reason, record_kind = null } = {}] = mapLines(formatOf(format_id), [line]);
  expect(reason).toBeUndefined();
  return record_kind;
}

function s3Line(operation: string, status = '200'): string {
  return `79a5 example-website [06/Oct/2026:10:00:00 +0000] 192.0.2.3 - ID1 ${operation} a.bin "-" ${status} - - - 10 8 "-" "-" -`;
}

test.each([
  ['REST.GET.OBJECT', null],
  ['WEBSITE.GET.OBJECT', null],
  ['REST.POST.MULTI_OBJECT_DELETE', null],
  ['REST.COPY.OBJECT', null],
  ['REST.COPY.PART', null],
  ['REST.DELETE.OBJECT', null],
  ['S3.EXPIRE.OBJECT', 'lifecycle'],
  ['S3.CREATE.DELETEMARKER', 'lifecycle'],
  ['S3.DELETE.UPLOAD', 'lifecycle'],
  ['S3.TRANSITION_GIR.OBJECT', 'lifecycle'],
  ['BATCH.DELETE.OBJECT', 'batch_item'],
  ['REST.COPY.OBJECT_GET', 'copy_read'],
  ['REST.COPY.PART_GET', 'copy_read'],
  ['S3.COMPUTE.OBJECT.CHECKSUM', 'checksum'],
])('a line of S3 with the operation %s is of the kind %s', (operation, kind) => {
  expect(kindOf('s3-access', s3Line(operation))).toBe(kind);
  expect(kindOf('s3-access', s3Line(operation, '-'))).toBe(kind);
});

const AT = '"time":"2026-10-06T00:00:38Z"';

test.each([
  ['a request', `{${AT},"method":"GET","path":"/a","status":200}`, null],
  ['a request with a message and a level', `{${AT},"level":"info","msg":"handled","status":200}`, null],
  ['a request without a status', `{${AT},"method":"GET","path":"/a"}`, null],
  ['a request with a level and no message', `{${AT},"level":"info","msg":"","method":"GET","path":"/a"}`, null],
  ['a request of which the client is known', `{${AT},"remote_addr":"192.0.2.1"}`, null],
  ['a message', `{${AT},"message":"started"}`, 'message'],
  ['a message about a request', `{${AT},"level":"error","msg":"timed out","method":"GET","path":"/a"}`, 'message'],
  ['a level', `{${AT},"level":"warn","event":"started"}`, 'message'],
  ['a time', `{${AT},"temperature":21.5}`, 'unknown'],
  ['a time and who wrote it', `{${AT},"hostname":"host1","app":"cron","user":"ada"}`, 'unknown'],
])('a line of JSON with %s is of the right kind', (_what, line, kind) => {
  expect(kindOf('json', line)).toBe(kind);
});

test.each([
  ['nginx', '2026/10/06 00:00:45 [notice] 31#31: signal process started'],
  ['nginx', '2026/10/06 00:00:45 [error] 31#31: *1 open() failed, client: 192.0.2.1, request: "GET /a HTTP/1.1"'],
  ['apache', '[Tue Oct 06 00:00:45 2026] [error] [client 192.0.2.1] File does not exist: /srv/a'],
  ['syslog', '<165>1 2026-10-06T00:00:38Z host.example.com shop 8710 - - order accepted'],
])('a line of an error log or syslog is a message: %s', (format, line) => {
  expect(kindOf(format, line)).toBe('message');
});
