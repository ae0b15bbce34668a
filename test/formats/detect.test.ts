import { describe, expect, test } from '@jest/globals';
import { inCompany, judge, type Trial, type Verdict } from '../../lib/formats/detect.ts';
import { formatOf } from '../../lib/formats/formats.ts';

const trial = (id: string, requests: number, rejected: number, filled: number): Trial => ({
  format: formatOf(id),
  requests,
  rejected,
  filled,
});
const idsOf = (verdict: Verdict | undefined) =>
  verdict && [verdict.best, ...verdict.alike].map(({ format }) => format.id);

const COMBINED = [trial('apache', 10, 0, 90), trial('nginx', 10, 0, 90)];

describe('a file is in the format', () => {
  test('that reads most of its lines, and is a guess where many are left', () => {
    const verdict = judge([trial('alb', 6, 4, 90), trial('elb', 4, 6, 90), trial('nlb', 0, 10, 0)], [], 'a.log');
    expect(idsOf(verdict)).toEqual(['alb']);
    expect(verdict?.sure).toBe(false);
    expect(verdict?.others.map(({ format }) => format.id)).toEqual(['elb']);
  });

  test('that gets most out of lines which several read', () => {
    expect(idsOf(judge([trial('syslog', 10, 0, 50), trial('fastly', 10, 0, 80)], [], 'a.log'))).toEqual(['fastly']);
    // One odd line more or less is no matter.
    expect(idsOf(judge([trial('syslog', 100, 0, 500), trial('fastly', 98, 2, 900)], [], 'a.log'))).toEqual(['fastly']);
  });

  test('that alone writes such ends of lines', () => {
    expect(idsOf(judge(COMBINED, ['"curl/8" 0.012'], 'apache/a.log'))).toEqual(['nginx']);
    expect(idsOf(judge(COMBINED, ['"curl/8" 12345'], 'nginx/a.log'))).toEqual(['apache']);
  });

  test('that its path names, where its lines do not tell, and the other is named beside it', () => {
    expect(idsOf(judge(COMBINED, ['"curl/8"'], '/var/log/nginx/access.log'))).toEqual(['nginx', 'apache']);
    expect(idsOf(judge(COMBINED, ['"curl/8"'], '/var/log/apache2/access.log'))).toEqual(['apache', 'nginx']);
  });

  test('none, when no line fits', () => {
    expect(judge([trial('apache', 0, 10, 0)], ['garbage'], 'apache.log')).toBeUndefined();
    expect(judge([], [], 'a.log')).toBeUndefined();
  });
});

test('files that several formats read go with those beside them that only one reads', () => {
  const verdicts = [
    judge(COMBINED, [], 'access.log'),
    judge(COMBINED, [], 'apache.log'),
    judge([trial('nginx', 5, 0, 20)], [], 'error.log'),
    judge([trial('nginx', 5, 0, 20)], [], 'error.log.1'),
  ] as Verdict[];
  expect(inCompany(verdicts).map(({ best }) => best.format.id)).toEqual(['nginx', 'apache', 'nginx', 'nginx']);
});
