import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const zodNamespace = {
  selector: "ImportDeclaration[source.value=/^zod/] > ImportSpecifier[imported.name='z']",
  message: "Write `import * as z from 'zod'`. The named import puts all of zod into a bundle.",
};

/**
 * `shared/scim` is pure: the same input gives the same output. `Date.parse` and `Date.UTC` depend on their
 * arguments alone.
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

/**
 * The texts of the portal are messages in English and German. These selectors find texts in the code: words
 * between tags, in attributes that show text, and strings that begin like a sentence. Names of products, such
 * as Okta, are no texts.
 */
const message = 'Add the text to messages/en.ts and messages/de.ts of the folder, and show it with t().';
const texts = [
  'JSXText[value=/\\p{L}{2}/u]',
  'JSXExpressionContainer > Literal[value=/^\\p{L}{2,}/u]:not(JSXAttribute Literal)',
  ':not(JSXAttribute) > JSXExpressionContainer > LogicalExpression > Literal[value=/^\\p{L}{2,}/u]',
  'JSXAttribute[name.name=/^(aria-label|alt|caption|confirmLabel|description|label|noun|placeholder|submitLabel)$/] > Literal[value=/^[^@]*\\p{L}{2}[^@]*$/u]',
  'JSXAttribute:not([name.name=/^(className|d|defaultName)$/]) > Literal[value=/^\\p{Lu}\\p{Ll}+/u]',
  ':not(ImportDeclaration, NewExpression) > Literal[value=/^\\p{Lu}[\\p{Ll}’-]* \\p{Ll}/u]',
  ':not(JSXAttribute, NewExpression) > TemplateLiteral > TemplateElement[value.cooked=/^(?!Bearer )\\p{Lu}\\p{Ll}+ | \\p{Ll}{2,} /u]',
].map((selector) => ({ selector, message }));

// `npm run lint:code` runs ESLint in parts. The types of the whole project do not fit into the default memory
// of one process.
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
      // Prettier wraps everything but comments.
      'max-len': [
        'error',
        { code: Infinity, comments: 110, ignoreUrls: true, ignorePattern: 'eslint-disable' },
      ],
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
  {
    files: ['portal/src/**/*.ts', 'portal/src/**/*.tsx'],
    // The files of the API collection are in English.
    ignores: [
      'portal/src/**/messages/*.ts',
      'portal/src/api/schema.ts',
      'portal/src/provisioning/scim-collection.ts',
      // So are the results of imports, which the CLI prints too.
      'portal/src/api/user-file/**',
      // So are the help pages.
      'portal/src/help/help-settings.ts',
    ],
    rules: {
      // This entry replaces the one for all files, so it repeats the rule about zod.
      'no-restricted-syntax': ['error', zodNamespace, ...texts],
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
  // It is generated.
  { files: ['portal/src/api/schema.ts'], rules: { 'max-len': 'off' } },
);
