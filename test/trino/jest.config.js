import base from '../../jest.config.js';

/** The tests on a real Trino, all on one server: `npm run test:trino`. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/trino/*.spec.ts'],
  globalSetup: '<rootDir>/test/trino/global-setup.ts',
  globalTeardown: '<rootDir>/test/trino/global-teardown.ts',
  testTimeout: 300_000,
  maxWorkers: 1,
};
