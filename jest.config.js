const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '\\.(ts|js|mjs)$': '<rootDir>/test/support/jest/esbuild-transform.js',
  },
  // middy and jose ship ESM only
  transformIgnorePatterns: ['/node_modules/(?!@middy/|jose/)'],
};

/**
 * `unit` needs nothing but Node. `integration` (`*.engine.test.ts`) shares one running system, which the global setup
 * starts on the engine that DYNAMODB_ENGINE names.
 * @type {import('jest').Config}
 */
module.exports = {
  // Engine tests share one engine, which may be busy with another's load.
  testTimeout: 30_000,
  // More than the default where there are two cores: engine tests wait for mails and streams more than they compute.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/jest/test-order.js',
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.engine\\.test\\.ts$'],
    },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['**/*.engine.test.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/support/jest/timeouts.ts'],
      globalSetup: '<rootDir>/test/support/jest/start-system.ts',
      globalTeardown: '<rootDir>/test/support/jest/stop-system.ts',
    },
  ],
};
