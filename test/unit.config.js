import { globSync } from 'node:fs';
import base from '../jest.config.js';

/** The tests that start no database, server or process, for each save of a file: `npm run test:unit`. */
const PARTS = [
  ...['architecture/rooms', 'config/*', 'delivery/signed-link', 'formats/detect', 'insights/*', 'model/*'],
  ...['owners/resolver', 'report/edition-record', 'report/mail-claim', 'run/*', 'sections/catalogue'],
  ...['sections/filter/parse', 'sections/output-columns', 'sources/file-day', 'sources/layout'],
  ...[
    'bench/figures',
    'sources/partitioned-key',
    'tables/rows',
    'tables/schema',
    'text/*',
    'views/charts/data',
    'views/terminal/*',
  ],
];

const missing = PARTS.filter((part) => globSync(`${import.meta.dirname}/${part}.test.ts`).length === 0);
if (missing.length > 0) throw new Error(`test/unit.config.js names tests that do not exist: ${missing.join(', ')}`);

export default {
  ...base,
  rootDir: '..',
  testMatch: PARTS.map((part) => `<rootDir>/test/${part}.test.ts`),
};
