// Integration tests and stories, which need servers: `npm test` starts these and chooses the files by --testMatch.
const preset = require('../jest.preset.cjs');
const { join } = require('node:path');

module.exports = {
  ...preset,
  rootDir: join(__dirname, '..'),
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/out-tsc/'],
  modulePathIgnorePatterns: ['<rootDir>/.ariane/', '<rootDir>/.nx/'],
  setupFilesAfterEnv: [join(__dirname, 'jest.browser.cjs')],
  // Real servers are started, killed and waited for.
  testTimeout: 120_000,
};
