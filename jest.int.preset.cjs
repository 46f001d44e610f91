// Integration and stories: the same preset on real servers, whose addresses `npm test` passes in the environment.
const preset = require('./jest.preset.cjs');

module.exports = {
  ...preset,
  rootDir: __dirname,
  testMatch: ['**/*.int.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/out-tsc/'],
  testTimeout: 60_000,
};
