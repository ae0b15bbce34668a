import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import PostalMime from 'postal-mime';
import { report } from '../../../lib/cli/report.ts';
import type { EditionRecord } from '../../../lib/model/edition.ts';
import { folderStore } from '../../../lib/store/folder.ts';
import { readTable } from '../../../lib/tables/read-table.ts';
import { writeLog } from '../../lake/duckdb/raw-log.ts';

/* What a report with privacy leaves in its folder, read as whoever gets it could: the rows of every file, the page, the mail. */

const folder = mkdtempSync(join(tmpdir(), 'logtally-private-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ADDRESSES = ['192.0.2.17', '198.51.100.44', '203.0.113.201', '2001:db8:aa:bb::17', '2001:db8:cc:dd:1:2:3:4'];
const SECRETS = [
  '5f0c2ab1e4d7',
  'AKIAEXAMPLEKEY',
  'FwoGZXIvYXdzEXAMPLE',
  'maria@example.com',
  'hunter2',
  'private-search',
];
const [SIGNATURE, ACCESS_KEY, TOKEN, MAIL, PASSWORD, SEARCH] = SECRETS;
const PRESIGNED = `X-Amz-Credential=${ACCESS_KEY}%2F20261005&X-Amz-Security-Token=${TOKEN}&X-Amz-Signature=${SIGNATURE}`;

/** Two months in which every address asks for, deletes, is refused, misses, waits and fails, with secrets wherever they fit. */
function lines(): string[] {
  const days = ['05/Sep/2026', '04/Oct/2026', '05/Oct/2026', '06/Oct/2026'];
  return days.flatMap((day, at) =>
    ADDRESSES.flatMap((address, who) =>
      [
        ['REST.GET.OBJECT', 200, '-'],
        ['REST.GET.OBJECT', 403, 'AccessDenied'],
        ['REST.GET.OBJECT', 404, 'NoSuchKey'],
        ['REST.GET.OBJECT', 503, 'SlowDown'],
        ['REST.DELETE.OBJECT', 204, '-'],
        ['REST.PUT.OBJECT', 200, '-'],
      ].map(([operation, status, code], what) => {
        const key = `files/${who}.txt%253Femail%253D${MAIL}%2526${PRESIGNED}`;
        const uri = `/${key}?prefix=${SEARCH}&${PRESIGNED}`;
        const referrer = `https://maria:${PASSWORD}@www.example.com/page?${PRESIGNED}`;
        const other = ADDRESSES[(who + 1) % ADDRESSES.length];
        const agent = `probe ${address} ldap://${other}/a (${other}) AWSAccessKeyId=${ACCESS_KEY}&Signature=${SIGNATURE}`;
        return `79a5 photos [${day}:0${what}:00:00 +0000] ${address} - R${at}-${who}-${what} ${operation} ${key} "GET ${uri} HTTP/1.1" ${status} ${code} 10 10 7000 6 "${referrer}" "${agent}" - HOST${address}= SigV2 - QueryString example.com - - Yes`;
      }),
    ),
  );
}

writeLog(join(folder, 'logs', 'access.log'), lines());

/** The whole content of the edition's files, as text, by file. */
async function artifacts(privacy: object): Promise<Map<string, string>> {
  const name = `r${Math.random().toString(36).slice(2)}`;
  const config = {
    sources: { web: { folder: join(folder, 'logs') } },
    reports: { [name]: { privacy, select_all: true } },
    owners: { acme: { addresses: ['198.51.100.0/24', '2001:db8:cc::/48'], prefixes: ['photos/files/'] } },
    lake: { folder: join(folder, name, 'lake') },
    out: join(folder, name),
  };
  writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(config));
  process.env.LOGTALLY_SALT = 'what nobody outside knows';
  const printed = await printedBy(() =>
    report([], { config: join(folder, `${name}.yaml`), dateRange: ['2026-10-01', '2026-10-31'] }),
  );
  const edition = join(folder, name, name, '2026-10-01_2026-10-31');
  const record: EditionRecord = JSON.parse(readFileSync(join(edition, 'edition.json'), 'utf8'));
  const columns = new Map([...record.sections, record.requests ?? []].flat().map((one) => [one.id, one.columns]));
  const texts = new Map([['the terminal', printed]]);
  for (const file of readdirSync(edition)) texts.set(file, await textOf(edition, file, columns));
  return texts;
}

async function textOf(
  edition: string,
  file: string,
  columns: ReadonlyMap<string, EditionRecord['sections'][0]['columns']>,
) {
  const bytes = readFileSync(join(edition, file));
  if (file.endsWith('.csv.gz')) return gunzipSync(bytes).toString();
  if (file.endsWith('.parquet')) {
    const known = columns.get(file.replace('.parquet', '')) ?? [];
    const table = await readTable(folderStore(edition), file, known);
    return (
      known.map(({ name }) => [...(table.getChild(name) ?? [])].map(String).join('\n')).join('\n') +
      bytes.toString('latin1')
    );
  }
  if (file.endsWith('.eml')) {
    const mail = await PostalMime.parse(bytes);
    return JSON.stringify(mail) + mail.html + mail.text;
  }
  return bytes.toString();
}

async function printedBy(work: () => Promise<void>): Promise<string> {
  const { write } = process.stdout;
  let printed = '';
  process.stdout.write = ((text: string) => {
    printed += text;
    return true;
  }) as typeof write;
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
  return printed;
}

/** The files that contain a value. */
function holding(texts: ReadonlyMap<string, string>, value: string): string[] {
  return [...texts].flatMap(([file, text]) => (text.includes(value) ? file : []));
}

describe('the files and texts of a report', () => {
  test('contain all that the logs contain, by default', async () => {
    const texts = await artifacts({});
    const files = [...texts.keys()];
    expect(files).toEqual(
      expect.arrayContaining([
        'report.html',
        'mail.eml',
        'edition.json',
        'requests.parquet',
        'requests.csv.gz',
        'owners.csv.gz',
      ]),
    );
    for (const value of [...ADDRESSES, ...SECRETS]) {
      expect({ value, files: holding(texts, value) }).toEqual({
        value,
        files: expect.arrayContaining(['requests.parquet', 'requests.csv.gz']),
      });
    }
    for (const file of ['report.html', 'edition.json', 'top-clients.csv.gz', 'top-clients.parquet', 'the terminal']) {
      expect(holding(texts, '192.0.2.17')).toContain(file);
    }
  });

  test.each(['truncate', 'hash'])('contain no address, query or signature with %s and scrub', async (client_ip) => {
    const texts = await artifacts({ client_ip, query: 'scrub' });
    const found = [...ADDRESSES, ...SECRETS].map((value) => ({ value, files: holding(texts, value) }));
    expect(found.filter(({ files }) => files.length > 0)).toEqual([]);
    expect(holding(texts, 'what nobody outside knows')).toEqual([]);
    const shown = client_ip === 'truncate' ? '198.51.100.0/24' : 'ip-';
    expect(holding(texts, shown)).toEqual(
      expect.arrayContaining(['top-clients.csv.gz', 'report.html', 'requests.csv.gz']),
    );
    // Owners are found by the address as logged, and the note says what is shown.
    expect(texts.get('owners.csv.gz')).toMatch(/^acme,/m);
    expect(texts.get('mail.eml')).toMatch(
      client_ip === 'truncate' ? /counted, as networks/ : /hashes of their addresses/,
    );
  });
});
