import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const zodNamespace = {
  selector: "ImportDeclaration[source.value=/^zod/] > ImportSpecifier[imported.name='z']",
  message: "Write `import * as z from 'zod'`: the named import puts the whole of zod into a bundle.",
};

/** Imports run one way: bin → lib, lambdas → shared/{http,service,store,mail} → shared/scim. */
const layer = (files, ...groups) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: groups }],
  },
});
const forbid = (message, ...group) => ({ group, message });

export default tseslint.config(
  { ignores: ['cdk.out', '.local', 'coverage', 'node_modules', '**/*.js'] },
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
  layer(
    ['shared/scim/**/*.ts'],
    forbid(
      'shared/scim is pure: no AWS, no I/O, no clock, nothing of the other folders.',
      '@aws-sdk/*',
      '@aws-lambda-powertools/*',
      '@middy/*',
      'aws-lambda',
      'node:*',
      '**/http/*',
      '**/service/*',
      '**/store/*',
      '**/mail/*',
      '**/env',
    ),
  ),
  layer(
    ['shared/store/**/*.ts', 'shared/mail/**/*.ts'],
    forbid('Stores know no HTTP and no services.', '**/http/*', '**/service/*', '@middy/*'),
  ),
  layer(['shared/service/**/*.ts'], forbid('Services know no HTTP.', '**/http/*', '@middy/*', '@aws-sdk/*')),
  layer(['shared/http/**/*.ts'], forbid('HTTP calls services, it does not reach the SDK.', '@aws-sdk/*')),
  layer(
    ['lambdas/**/*.ts'],
    forbid('A Lambda is deployed without these.', '**/lib/*', '**/local/*', '**/bin/*'),
  ),
  layer(['lib/**/*.ts'], forbid('Deploy time knows no entry and no local host.', '**/local/*', '**/bin/*')),
  layer(
    ['portal/**/*.{ts,tsx}'],
    forbid('The portal knows the service by the admin API alone.', '**/shared/*', '**/lambdas/*', '**/lib/*'),
  ),
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
);
