// One preset for every project: sources through the `source` condition, SWC for decorators, Node 24.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const swc = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));

module.exports = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons', 'require', 'default'] },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline' }] },
  testMatch: ['**/*.spec.ts'],
  // Tests that need servers run in the integration and story phases of `npm test`, never in the unit phase.
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    '\\.int\\.spec\\.ts$',
    '\\.e2e\\.spec\\.ts$',
    '\\.web\\.spec\\.ts$',
    '\\.looks\\.spec\\.ts$',
    '\\.idp\\.spec\\.ts$',
  ],
};
