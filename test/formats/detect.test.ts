import { describe, expect, test } from '@jest/globals';
import { type Candidate, type Detection, rankFormats, resolveTies } from '../../lib/formats/detect.ts';
import { formatOf } from '../../lib/formats/formats.ts';

const candidate = (id: string, requests: number, rejected: number, filled: number): Candidate => ({
  format: formatOf(id),
  requests,
  rejected,
  filled,
});
const idsOf = (detection: Detection | undefined) =>
  detection && [detection.best, ...detection.ties].map(({ format }) => format.id);

const COMBINED = [candidate('apache', 10, 0, 90), candidate('nginx', 10, 0, 90)];

describe('the format of a file is', () => {
  test('the one that reads most of its lines, and is unsure if many lines do not fit', () => {
    const candidates = [candidate('alb', 6, 4, 90), candidate('elb', 4, 6, 90), candidate('nlb', 0, 10, 0)];
    const detection = rankFormats(candidates, [], 'a.log');
    expect(idsOf(detection)).toEqual(['alb']);
    expect(detection?.is_sure).toBe(false);
    expect(detection?.others.map(({ format }) => format.id)).toEqual(['elb']);
  });

  test('the one that fills most columns, if several read the lines', () => {
    const candidates = [candidate('syslog', 10, 0, 50), candidate('fastly', 10, 0, 80)];
    expect(idsOf(rankFormats(candidates, [], 'a.log'))).toEqual(['fastly']);
    // One odd line more or less makes no difference.
    const oddLines = [candidate('syslog', 100, 0, 500), candidate('fastly', 98, 2, 900)];
    expect(idsOf(rankFormats(oddLines, [], 'a.log'))).toEqual(['fastly']);
    // The log of a container starts with other lines, which a JSON log takes for messages, too.
    const startup = [candidate('json', 100, 0, 200), candidate('nginx', 85, 15, 765)];
    expect(idsOf(rankFormats(startup, [], 'a.log'))).toEqual(['nginx']);
    const messages = [candidate('json', 100, 0, 200), candidate('nginx', 60, 40, 540)];
    expect(idsOf(rankFormats(messages, [], 'a.log'))).toEqual(['json']);
  });

  test('the only one with such line ends, even if the path contains the name of another', () => {
    expect(idsOf(rankFormats(COMBINED, ['"curl/8" 0.012'], 'apache/a.log'))).toEqual(['nginx']);
    expect(idsOf(rankFormats(COMBINED, ['"curl/8" 12345'], 'nginx/a.log'))).toEqual(['apache']);
  });

  test('the one whose name is in the path, if the lines do not decide; the other is a tie', () => {
    expect(idsOf(rankFormats(COMBINED, ['"curl/8"'], '/var/log/nginx/access.log'))).toEqual(['nginx', 'apache']);
    expect(idsOf(rankFormats(COMBINED, ['"curl/8"'], '/var/log/apache2/access.log'))).toEqual(['apache', 'nginx']);
  });

  test('undefined if no line fits', () => {
    expect(rankFormats([candidate('apache', 0, 10, 0)], ['garbage'], 'apache.log')).toBeUndefined();
    expect(rankFormats([], [], 'a.log')).toBeUndefined();
  });
});

test('a tie goes to the format of the files beside it that have no tie', () => {
  const detections = [
    rankFormats(COMBINED, [], 'access.log'),
    rankFormats(COMBINED, [], 'apache.log'),
    rankFormats([candidate('nginx', 5, 0, 20)], [], 'error.log'),
    rankFormats([candidate('nginx', 5, 0, 20)], [], 'error.log.1'),
  ] as Detection[];
  expect(resolveTies(detections).map(({ best }) => best.format.id)).toEqual(['nginx', 'apache', 'nginx', 'nginx']);
});
