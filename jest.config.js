const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '\\.(ts|js|mjs)$': '<rootDir>/test/support/jest/esbuild-transform.js',
  },
  setupFiles: ['<rootDir>/test/support/jest/node-errors.js'],
  moduleNameMapper: { '^fast-check$': '<rootDir>/test/support/jest/seeded-fast-check.js' },
  // These ship ESM only.
  transformIgnorePatterns: ['/node_modules/(?!@middy/|@unicode/|jose/)'],
};

/**
 * `unit` needs nothing but Node. `integration` (`*.engine.test.ts`) shares one running system, which the
 * global setup starts on the engine that DYNAMODB_ENGINE names.
 * @type {import('jest').Config}
 */
module.exports = {
  // Only ends a test that hangs. No test sets its own limit: its duration depends on the load of the machine.
  testTimeout: 1_800_000,
  // More than the processors: engine tests mostly wait for emails and streams.
  maxWorkers: 4,
  testSequencer: '<rootDir>/test/support/jest/test-order.js',
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.engine\\.test\\.ts$'],
      globalSetup: '<rootDir>/test/support/jest/temporary-directories.ts',
      globalTeardown: '<rootDir>/test/support/jest/remove-temporary-directories.ts',
    },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['**/*.engine.test.ts'],
      globalSetup: '<rootDir>/test/support/jest/start-system.ts',
      globalTeardown: '<rootDir>/test/support/jest/stop-system.ts',
    },
  ],
};
