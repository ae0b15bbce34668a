import { expect, test } from '@jest/globals';
import { formatOf } from '../../lib/formats/formats.ts';
import { mapLines } from '../parser/mapped-lines.ts';

/* A file's `#Fields` line says what its other lines hold, whatever another file says. */

const FILES = {
  chosen: ['#Version: 1.0', '#Fields: time date sc-status cs-uri-stem', '00:00:38\t2026-10-06\t404\t/chosen'],
  tabs: ['#Fields:\tdate\ttime\tcs-uri-stem', '2026-10-06\t00:00:39\t/tabs'],
  unknown: ['#Fields: date time x-later-field c-ip', '2026-10-06\t00:00:40\tanything\t192.0.2.1'],
  legacy: ['2026-10-06\t00:00:41\tFRA2\t182\t192.0.2.2\tGET\texample.com\t/legacy\t200'],
  spaces: [
    '#Fields: date time x-edge-location  c-ip cs-uri-stem',
    '2026-10-06   00:00:43   FRA2   192.0.2.3   rtmp://a',
  ],
  short: ['#Fields: date time cs-uri-stem c-ip', '2026-10-06\t00:00:42\t/short'],
};

test("fields are in the order of their file's header", () => {
  const rows = Object.entries(FILES).flatMap(([file, lines]) =>
    mapLines(formatOf('cloudfront'), lines).map(({ time, path, status, client_ip, reason }) => ({
      ...{ file, second: (time as Date).getUTCSeconds(), path, status, client_ip, reason },
    })),
  );
  expect(rows).toEqual([
    { file: 'chosen', second: 38, path: '/chosen', status: 404 },
    { file: 'tabs', second: 39, path: '/tabs' },
    { file: 'unknown', second: 40, client_ip: '192.0.2.1' },
    { file: 'legacy', second: 41, path: '/legacy', status: 200, client_ip: '192.0.2.2' },
    { file: 'spaces', second: 43, path: 'rtmp://a', client_ip: '192.0.2.3' },
    { file: 'short', second: 42, path: '/short' },
  ]);
});
