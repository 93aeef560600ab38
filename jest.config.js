const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '\\.(ts|js|mjs)$': '<rootDir>/test/esbuild-transform.js',
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
  testSequencer: '<rootDir>/test/sequencer.js',
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
      setupFilesAfterEnv: ['<rootDir>/test/integration/patience.ts'],
      globalSetup: '<rootDir>/test/integration/start-system.ts',
      globalTeardown: '<rootDir>/test/integration/stop-system.ts',
    },
  ],
};
