module.exports = {
  ...require('../../jest.preset.cjs'),
  rootDir: __dirname,
  setupFilesAfterEnv: ['<rootDir>/src/telemetry.setup.ts'],
};
