import base from '../../jest.config.js';

/** The tests of the deployed stack, on an AWS emulator of this machine: `npm run test:aws`. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/aws/*.spec.ts'],
  globalSetup: '<rootDir>/test/aws/ministack.ts',
  globalTeardown: '<rootDir>/test/aws/substitutes.ts',
  testTimeout: 300_000,
  maxWorkers: 1,
};
