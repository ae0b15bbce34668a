import { expect, test } from '@jest/globals';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { answer, openRequests, type RequestRow } from './database.ts';

/* What the lake says of a request's `download` is what sections count; rows of an older lake say nothing. */

function request(row: RequestRow): RequestRow {
  const at = { source: 'site', day: '2026-03-02', time: '2026-03-02 08:00:00', client_ip: '198.51.100.7' };
  return { ...at, host: 'media', path: 'film.mp4', method: 'GET', status: 206, bytes_sent: 10, ...row };
}

/** Figures of the overview by the names of their columns. */
async function overviewOf(rows: readonly RequestRow[]): Promise<Record<string, unknown>> {
  const section = loadSections().find(({ id }) => id === 'overview');
  if (!section) throw new Error('there is no section overview');
  const connection = await openRequests(rows);
  const [figures = []] = await answer(connection, section);
  connection.closeSync();
  return Object.fromEntries(section.columns.map(({ name }, index) => [name, figures[index]]));
}

const s3 = { operation: 'REST.GET.OBJECT' };
const cdn = { edge_location: 'FRA56-P1' };

test.each<[string, RequestRow[], number | null]>([
  [
    'whole answers, and parts once',
    ['whole', 'part', 'part', 'parts', 'probe', 'incomplete'].map((download) => request({ ...s3, download })),
    2,
  ],
  ['those of a CDN', [request({ ...cdn, download: 'whole' }), request({ ...cdn, download: 'part' })], 1],
  ['each answer of an older lake', [request(s3), request({ ...s3, status: 200 }), request({ ...s3, status: 304 })], 2],
  ['no answer with an error code', [request({ ...s3, status: 200, error_code: 'InternalError' })], 0],
  ['nothing of a log that does not tell', [request({})], null],
])('downloads are %s', async (_case, rows, downloads) => {
  expect(await overviewOf(rows)).toMatchObject({ downloads });
});

test('status 200 with an error code is an error', async () => {
  const copy = request({ operation: 'REST.COPY.OBJECT', method: 'PUT', status: 200, error_code: 'InternalError' });
  expect(await overviewOf([copy, request({ ...s3, download: 'whole' })])).toMatchObject({ error_percent: 50 });
});
