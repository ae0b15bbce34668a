import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { measure } from '../../bench/measure.ts';
import { WEB_FORMATS, webLines } from '../../bench/web-lines.ts';
import { CLI } from '../../bench/workload.ts';
import { FORMATS } from '../../lib/formats/formats.ts';

const folder = join(tmpdir(), `bench-lines-${process.pid}`);
beforeAll(() => void mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('lines that the bench writes', () => {
  test('are in every built-in format but the text of S3', () => {
    expect(['s3-access', ...WEB_FORMATS].sort()).toEqual(FORMATS.map(({ id }) => id).sort());
  });

  test.each(WEB_FORMATS)('of %s are requests with what was written', async (format) => {
    const log = join(folder, `${format}.log`);
    writeFileSync(log, `${[...webLines(format, 20)].join('\n')}\n`);
    const { stdout } = await measure(process.execPath, [CLI, 'parse', log, '--format', format, '--quiet']);
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records).toHaveLength(20);
    for (const record of records) expect(record.time).toMatch(/^2026-10-/);
    if (format === 'syslog') return;
    for (const { client_ip } of records) expect(client_ip).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\./);
    if (format === 'nlb') return;
    for (const { status, path } of records)
      expect({ status, path }).toEqual({
        status: expect.any(Number),
        path: expect.stringMatching(/^\/?(api|assets)\//),
      });
  });
});
