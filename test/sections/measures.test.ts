import { describe, expect, test } from '@jest/globals';
import { loadMeasures, withMeasures } from '../../lib/sections/measures.ts';
import { listSql, readSql } from '../../lib/sql/sql-files.ts';
import { faultsOf } from '../sql/trino.ts';

describe('measures', () => {
  test.each([
    ['{{requests}}', 'count(*)'],
    ['{{requests where is_error}}', 'count(*) FILTER (WHERE is_error)'],
    ['{{errors}}', 'CASE WHEN count(status) > 0 THEN count(*) FILTER (WHERE is_error) END'],
    [
      "{{errors where method = 'GET'}}",
      "CASE WHEN count(status) > 0 THEN count(*) FILTER (WHERE (is_error) AND (method = 'GET')) END",
    ],
    [
      '{{error_percent where is_slow}}',
      '1E2 * CASE WHEN count(status) > 0 THEN count(*) FILTER (WHERE (is_error) AND (is_slow)) END / nullif(count(status) FILTER (WHERE is_slow), 0)',
    ],
    [
      '{{bytes_sent where is_slow}}',
      'CASE WHEN count(bytes_sent) > 0 THEN coalesce(CAST(sum(bytes_sent) FILTER (WHERE is_slow) AS bigint), 0) END',
    ],
    ['{{p95_ms}}', 'approx_percentile(duration_ms, 9.5E-1)'],
  ])('%s is %s', (written, sql) => {
    expect(withMeasures(`SELECT ${written} AS a FROM requests`)).toBe(`SELECT ${sql} AS a FROM requests`);
  });

  test('leave settings for the renderer', () => {
    expect(withMeasures('SELECT {{put_per_1000}}')).toBe('SELECT {{put_per_1000}}');
  });

  test.each([
    ['{{p95_ms where is_slow}}', /p95_ms takes no condition/],
    ['{{slow_ms where is_slow}}', /slow_ms is not a measure/],
  ])('refuse %s', (written, message) => {
    expect(() => withMeasures(written)).toThrow(message);
  });

  test.each([...loadMeasures().keys()])('%s is Trino SQL that DuckDB understands', (name) => {
    expect(faultsOf(withMeasures(`SELECT {{${name}}} AS figure FROM requests`))).toEqual([]);
  });

  test('are not repeated in sections, so that each is defined once', () => {
    const definitions = [...loadMeasures().keys()].flatMap((name) => {
      const sql = withMeasures(`{{${name}}}`);
      return sql.length > 'count(DISTINCT endpoint)'.length ? [{ name, sql }] : [];
    });
    const repeated = ['sections', 'templates'].flatMap((folder) =>
      listSql(folder).flatMap((file) => {
        const text = readSql(`${folder}/${file}`);
        return definitions.filter(({ sql }) => text.includes(sql)).map(({ name }) => `${file}: ${name}`);
      }),
    );
    expect(repeated).toEqual([]);
  });
});
