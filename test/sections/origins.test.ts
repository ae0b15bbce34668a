import { expect, test } from '@jest/globals';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { answer, MARCH, openRequests, type RequestRow } from './database.ts';

/* A request that a CDN passed to its origin is in both logs, and counts once where a section reads both. */

const at = { day: '2026-03-02', time: '2026-03-02 08:00:00', host: 'media', path: 'film.mp4', status: 200 };
const s3 = { ...at, source: 'bucket', operation: 'REST.GET.OBJECT' };
const ROWS: RequestRow[] = [
  { ...at, source: 'cdn', client_ip: '198.51.100.7', edge_location: 'FRA56-P1' },
  { ...at, source: 'cdn', client_ip: '198.51.100.8', edge_location: 'FRA56-P1' },
  { ...s3, client_ip: '203.0.113.9', transfer_destination: 'cloudfront' },
  { ...s3, client_ip: '198.51.100.9', transfer_destination: 'internet' },
  { ...s3, client_ip: '198.51.100.9', transfer_destination: null },
  { ...at, source: 'balancer', client_ip: '203.0.113.10' },
];

async function requestsOf(sources: string[], origins: Record<string, string>): Promise<unknown> {
  const section = loadSections().find(({ id }) => id === 'overview');
  if (!section) throw new Error('there is no section overview');
  const connection = await openRequests(ROWS);
  const [figures = []] = await answer(connection, section, { ...MARCH, sources, origins });
  connection.closeSync();
  return figures[section.columns.findIndex(({ name }) => name === 'requests')];
}

test.each<[string, string[], Record<string, string>, number]>([
  ['all of both without a word in the configuration', ['cdn', 'bucket'], {}, 5],
  ['a bucket that others ask too, without what CloudFront asked', ['cdn', 'bucket'], { bucket: 'cdn' }, 4],
  ['no line of another origin', ['cdn', 'balancer'], { balancer: 'cdn' }, 2],
  ['an origin by itself', ['bucket'], { bucket: 'cdn' }, 3],
])('requests are %s', async (_case, sources, origins, requests) => {
  expect(await requestsOf(sources, origins)).toBe(requests);
});
