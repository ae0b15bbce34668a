import base from '../../jest.config.js';

/** The tests of the npm package, installed from its tarball: `npm run test:package`. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/package/*.spec.ts'],
  globalSetup: '<rootDir>/test/package/pack.ts',
  globalTeardown: '<rootDir>/test/package/unpack.ts',
  testTimeout: 300_000,
  maxWorkers: 1,
};
