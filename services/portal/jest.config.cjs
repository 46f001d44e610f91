const preset = require('../../jest.preset.cjs');

// The page below is a project of its own.
module.exports = {
  ...preset,
  rootDir: __dirname,
  passWithNoTests: true,
  testPathIgnorePatterns: [...preset.testPathIgnorePatterns, '<rootDir>/web/'],
};
