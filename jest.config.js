/** Tests are TypeScript ES modules, run as the product runs: on the project's own Node, without a build. */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.js' },
  testTimeout: 180_000,
  maxWorkers: 2,
};
