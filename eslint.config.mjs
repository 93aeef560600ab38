import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const zodNamespace = {
  selector: "ImportDeclaration[source.value=/^zod/] > ImportSpecifier[imported.name='z']",
  message: "Write `import * as z from 'zod'`. The named import puts all of zod into a bundle.",
};

/**
 * `shared/scim` is pure: the same input gives the same output. `Date.parse` and `Date.UTC` depend on their arguments alone.
 */
const impureGlobals = [
  'crypto',
  'process',
  'setTimeout',
  'setInterval',
  'fetch',
  'performance',
  'console',
  'globalThis',
].map((name) => ({
  name,
  message: 'shared/scim is pure. Pass the value or the function in as an argument.',
}));
const clock = {
  selector: ":not(MemberExpression[property.name=/^(parse|UTC)$/]) > Identifier[name='Date']",
  message: 'shared/scim has no clock. Pass the time in as an argument.',
};
const randomness = {
  object: 'Math',
  property: 'random',
  message: 'shared/scim has no randomness. Pass the value in as an argument.',
};

export default tseslint.config(
  {
    ignores: [
      'cdk.out',
      'cdk.out-*',
      '.local',
      '.local-*',
      'coverage',
      'node_modules',
      'sdk/dist',
      '**/*.js',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', zodNamespace],
    },
  },
  {
    files: ['shared/scim/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-properties': ['error', randomness],
      // This entry replaces the one for all files, so it repeats the rule about zod.
      'no-restricted-syntax': ['error', zodNamespace, clock],
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
);
