/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '\\.(ts|js|mjs)$': [
      'ts-jest',
      {
        diagnostics: false,
        tsconfig: {
          target: 'ES2022',
          module: 'commonjs',
          moduleResolution: 'node10',
          ignoreDeprecations: '6.0',
          isolatedModules: true,
          esModuleInterop: true,
          resolveJsonModule: true,
          allowJs: true,
          verbatimModuleSyntax: false,
        },
      },
    ],
    '\\.(html|txt)$': '<rootDir>/test/text-transform.js',
  },
  // middy ships ESM only
  transformIgnorePatterns: ['/node_modules/(?!@middy/)'],
};
