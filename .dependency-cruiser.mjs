/**
 * The architecture as an allow-list: each folder, and what its files may import besides each other. Whatever is not listed
 * is refused, and so is every cycle. docs/architecture.md explains the layers; test/architecture shows each refusal.
 *
 * A folder's own name stands for the files directly in it; `folder/**` stands for the whole tree below it.
 */

/** Names, settings, and small values at the root of `shared/`, and what log lines contain. Every layer may use them. */
const BASICS = ['shared', 'shared/credentials', 'shared/logging'];
const SCIM = ['shared/scim/**'];
const MIDDY = ['@middy/core', '@middy/http-json-body-parser'];
const POWERTOOLS = ['@aws-lambda-powertools/logger', '@aws-lambda-powertools/metrics'];
const TABLE = ['shared/store/table'];
const RETRY = ['shared/retry'];

/** What the services of users and groups build on. */
const RESOURCE_SERVICE = [
  ...BASICS,
  ...SCIM,
  ...TABLE,
  'shared/service/listing',
  'shared/service/resources',
  'shared/store/audit',
  'shared/store/domains',
  'shared/store/groups',
  'shared/store/resources',
  'shared/store/secrets',
  'node:util',
];

/** Reads what administrators see, for the routes of the admin API. */
const ADMIN_STORES = [
  ...TABLE,
  'shared/store/audit',
  'shared/store/domains',
  'shared/store/licenses',
  'shared/store/limits',
  'shared/store/mail',
  'shared/store/requests',
];

/** @type {Record<string, string[]>} */
export const ALLOWED = {
  // The protocol is pure: it imports no package, no module of Node, and no other layer.
  'shared/scim/**': [],

  // `telemetry.ts` alone creates the log and the metrics.
  shared: [...POWERTOOLS, 'shared/credentials', 'shared/logging', 'aws-lambda', 'uuid', 'node:*'],
  'shared/credentials': ['shared', 'node:*'],
  'shared/logging': ['shared'],
  'shared/retry': [],
  'shared/gateway': [...BASICS, ...RETRY, '@aws-sdk/client-api-gateway', 'node:crypto'],
  'shared/stream': ['aws-lambda'],
  'shared/queue': [...BASICS, ...RETRY, '@aws-sdk/client-sqs'],

  'shared/store/table': [...BASICS, ...RETRY, ...SCIM, '@aws-sdk/*', 'aws-lambda', 'node:*'],
  'shared/store/secrets': [...BASICS, ...RETRY, '@aws-sdk/client-secrets-manager'],
  'shared/store/limits': [...BASICS, ...TABLE, 'node:crypto'],
  'shared/store/listing': [...TABLE],
  'shared/store/diagnostics': [...TABLE, 'node:crypto'],
  'shared/store/audit': [...BASICS, ...SCIM, ...TABLE],
  'shared/store/requests': [...BASICS, ...TABLE],
  'shared/store/resources': [...SCIM, ...TABLE, 'shared/store/listing'],
  'shared/store/groups': [
    ...RETRY,
    ...SCIM,
    ...TABLE,
    'shared/store/audit',
    'shared/store/domains',
    'shared/store/resources',
  ],
  'shared/store/users': [
    ...SCIM,
    ...TABLE,
    'shared/store/audit',
    'shared/store/domains',
    'shared/store/groups',
    'shared/store/licenses',
    'shared/store/resources',
  ],
  'shared/store/domains': [
    ...BASICS,
    ...SCIM,
    ...TABLE,
    'shared/store/audit',
    'shared/store/licenses',
    'node:crypto',
  ],
  'shared/store/licenses': [
    ...BASICS,
    ...SCIM,
    ...TABLE,
    'shared/store/audit',
    'shared/store/domains',
    'shared/store/mail',
  ],
  'shared/store/credentials': [...TABLE, 'shared/store/audit', 'shared/store/domains', 'node:crypto'],
  'shared/store/mail': [...RETRY, ...SCIM, ...TABLE, 'shared/store/audit', 'shared/store/licenses', 'node:*'],
  'shared/store/sweep': [...TABLE, 'shared/store/domains', 'shared/store/groups', 'shared/store/resources'],

  'shared/mail': ['node:*', 'zod/mini'],
  'shared/mail/content': [
    'shared/mail',
    'shared/scim/text',
    'shared/store/credentials',
    'shared/store/licenses',
    'shared/store/mail',
    'mustache',
    'node:*',
  ],
  'shared/mail/ses': [
    ...BASICS,
    'shared/mail',
    'shared/mail/content',
    'shared/store/mail',
    '@aws-sdk/client-ses',
    '@aws-sdk/client-sesv2',
    'zod/mini',
  ],
  'shared/mail/delivery': [
    ...BASICS,
    ...TABLE,
    ...RETRY,
    'shared/mail',
    'shared/mail/content',
    'shared/mail/ses',
    'shared/store/diagnostics',
    'shared/store/licenses',
    'shared/store/mail',
    'shared/store/secrets',
    'shared/stream',
    'shared/queue',
    'aws-lambda',
    'node:*',
  ],
  'shared/mail/outbox': [
    ...BASICS,
    'shared/mail/delivery',
    'shared/mail/ses',
    'shared/queue',
    'shared/store/mail',
  ],

  'shared/mail/reminders': [
    ...BASICS,
    ...TABLE,
    'shared/mail',
    'shared/mail/content',
    'shared/mail/delivery',
    'shared/mail/outbox',
    'shared/mail/ses',
    'shared/store/credentials',
    'shared/store/domains',
    'shared/store/mail',
    '@aws-sdk/client-ssm',
    'node:*',
  ],

  'shared/service/admin': [...BASICS, 'shared/mail', 'shared/store/mail'],
  'shared/service/diagnostics': [
    ...BASICS,
    ...SCIM,
    ...TABLE,
    'shared/mail/ses',
    'shared/service/admin',
    'shared/service/connections',
    'shared/store/credentials',
    'shared/store/diagnostics',
    'shared/store/domains',
    'shared/store/licenses',
    'shared/store/limits',
    'shared/store/mail',
    'shared/store/resources',
    'shared/store/users',
  ],
  'shared/service/resources': [
    ...RETRY,
    ...SCIM,
    ...TABLE,
    'shared/service/diagnostics',
    'shared/service/listing',
    'shared/store/audit',
    'shared/store/groups',
    'shared/store/resources',
    'node:util',
    'node:crypto',
  ],
  'shared/service/listing': [
    ...BASICS,
    ...SCIM,
    ...TABLE,
    'shared/service/groups',
    'shared/service/resources',
    'shared/service/users',
    'shared/store/groups',
    'shared/store/listing',
    'shared/store/resources',
    'shared/store/secrets',
    'node:crypto',
  ],
  'shared/service/groups': [...RESOURCE_SERVICE, ...RETRY],
  'shared/service/users': [
    ...RESOURCE_SERVICE,
    'shared/mail',
    'shared/service/licenses',
    'shared/store/licenses',
    'shared/store/users',
  ],
  'shared/service/licenses': [
    'shared/mail',
    ...BASICS,
    ...SCIM,
    ...TABLE,
    'shared/store/users',
    'shared/service/admin',
    'shared/store/audit',
    'shared/store/domains',
    'shared/store/licenses',
    'shared/store/mail',
    'shared/stream',
    'aws-lambda',
    'node:crypto',
  ],
  'shared/service/domains': [
    ...BASICS,
    ...RETRY,
    ...SCIM,
    ...TABLE,
    'shared/gateway',
    'shared/service/admin',
    'shared/service/resources',
    'shared/store/audit',
    'shared/store/domains',
    'shared/store/groups',
    'shared/store/licenses',
    'shared/store/resources',
    'node:util',
  ],
  'shared/service/credentials': [
    ...BASICS,
    ...SCIM,
    ...TABLE,
    ...RETRY,
    'shared/gateway',
    'shared/service/admin',
    'shared/service/connections',
    'shared/service/domains',
    'shared/store/audit',
    'shared/store/credentials',
    'shared/store/domains',
    'shared/store/limits',
    'shared/store/secrets',
    'jose',
    'node:crypto',
  ],
  'shared/service/connections': [
    ...BASICS,
    ...TABLE,
    'shared/gateway',
    'shared/service/admin',
    'shared/service/assertions',
    'shared/service/credentials',
    'shared/service/domains',
    'shared/store/audit',
    'shared/store/credentials',
    'shared/store/secrets',
  ],
  'shared/service/tokens': [
    ...BASICS,
    'shared/service/assertions',
    'shared/store/audit',
    'shared/store/credentials',
    'shared/store/limits',
  ],
  'shared/service/assertions': [...BASICS, ...SCIM, ...TABLE, 'shared/store/credentials', 'jose', 'node:*'],
  'shared/service/mail': [
    ...BASICS,
    ...TABLE,
    'shared/mail/content',
    'shared/mail/delivery',
    'shared/queue',
    'shared/service/admin',
    'shared/service/domains',
    'shared/store/audit',
    'shared/store/domains',
    'shared/store/licenses',
    'shared/store/mail',
  ],
  'shared/service/dispatch': ['shared/queue', 'aws-lambda'],
  'shared/service/sweep': [...TABLE, 'shared/store/sweep', 'aws-lambda'],

  'shared/http/chain': [
    ...BASICS,
    ...RETRY,
    ...SCIM,
    ...TABLE,
    ...MIDDY,
    'shared/http/diagnostics',
    'shared/http/limits',
    'shared/http/requests',
    'shared/service/credentials',
    'shared/service/resources',
    'shared/store/audit',
    'shared/store/diagnostics',
    'shared/store/limits',
    'shared/store/requests',
    'aws-lambda',
    'node:stream/promises',
    'node:zlib',
  ],
  'shared/http/diagnostics': [
    ...BASICS,
    ...SCIM,
    ...TABLE,
    ...MIDDY,
    'shared/http/chain',
    'shared/service/diagnostics',
    'shared/store/audit',
    'shared/store/diagnostics',
    'aws-lambda',
    'node:crypto',
  ],
  'shared/http/requests': [
    ...BASICS,
    ...SCIM,
    ...TABLE,
    'shared/http/chain',
    'shared/store/requests',
    'aws-lambda',
  ],
  'shared/http/limits': [...BASICS, ...SCIM, 'shared/http/chain', 'shared/store/limits', 'aws-lambda'],
  'shared/http/bulk': [
    ...BASICS,
    ...SCIM,
    'shared/http/chain',
    'shared/http/diagnostics',
    'shared/http/limits',
  ],
  'shared/http/routes': [
    ...BASICS,
    ...SCIM,
    'shared/http/chain',
    'shared/http/limits',
    'shared/service/licenses',
    'shared/service/listing',
    'shared/service/resources',
    'aws-lambda',
    'node:crypto',
    'node:zlib',
  ],
  'shared/http/token': [...BASICS, ...SCIM, 'shared/http/chain', 'shared/service/tokens', 'aws-lambda'],
  'shared/http/admin': [
    ...BASICS,
    ...RETRY,
    ...SCIM,
    ...TABLE,
    ...MIDDY,
    'shared/http/chain',
    'shared/service/admin',
    'shared/service/domains',
    'shared/service/users',
    'shared/store/audit',
    'shared/store/credentials',
    'shared/store/domains',
    'aws-lambda',
    'node:crypto',
    'zod/mini',
  ],
  'shared/http/admin/routes': [
    ...BASICS,
    ...SCIM,
    ...ADMIN_STORES,
    'shared/http/admin',
    'shared/credentials',
    'shared/http/chain',
    'shared/service/admin',
    'shared/service/assertions',
    'shared/service/connections',
    'shared/service/credentials',
    'shared/service/diagnostics',
    'shared/service/licenses',
    'shared/service/mail',
    'shared/service/resources',
    'shared/service/domains',
    'shared/service/users',
    'zod/mini',
  ],

  // An entry wires the parts of one function. It is deployed without `lib`, `local`, and `bin`.
  lambdas: ['shared/**', 'docs/admin-api.openapi.json', 'aws-lambda', 'node:timers/promises'],

  // Deployment reads names and settings of `shared`, never its code.
  'lib/**': [
    ...BASICS,
    'shared/mail',
    'shared/mail/content',
    'shared/scim',
    'shared/service/credentials',
    'shared/store/table',
    // The dashboard estimates costs.
    'bench/cost/prices.json',
    'aws-cdk-lib/**',
    'constructs',
    'mustache',
    'node:*',
    'zod',
  ],
  'bin/*.ts': [
    ...BASICS,
    'bin/**',
    'cdk.json',
    'lib/**',
    'local/**',
    'portal/**',
    'shared/mail/**',
    'shared/store/licenses',
    'aws-cdk-lib/**',
    'cdk-nag',
    'commander',
    'esbuild',
    'playwright-core',
    'node:*',
  ],
  'bin/unicode/**': ['@unicode/**'],
  'bin/collection/**': [
    'bin/portal',
    'collection/**',
    'docs/admin-api.openapi.json',
    'local/**',
    '@usebruno/lang',
    'zod',
    'node:*',
  ],
  'bin/dashboard/**': ['local/**', 'node:*'],
  'bin/portal/**': [...BASICS, 'local/**', 'portal/**', 'playwright-core', 'node:*'],
  'bin/cli/**': [
    ...BASICS,
    'bin/doctor/**',
    'local/**',
    'portal/src/api/**',
    'shared/scim',
    'shared/service/credentials',
    'shared/store/secrets',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-ssm',
    'commander',
    'esbuild',
    'node:*',
  ],
  'bin/doctor/**': [...BASICS, 'bin/cli/connection', 'node:*'],

  // The local cloud runs templates and bundles. Only the product part uses the service, to create the first domain.
  'local/host/**': ['node:*'],
  'local/cloud/**': ['local/host/**', 'zod', 'node:*'],
  'local/services/**': [
    'local/cloud/**',
    'local/host/**',
    'jose',
    'oidc-provider',
    'sql.js',
    'zod',
    'node:*',
  ],
  'local/product/**': [
    ...BASICS,
    'local/**',
    'shared/service/credentials',
    'shared/service/domains',
    'shared/store/secrets',
    'node:*',
  ],
  local: [...BASICS, 'local/**', 'commander', 'node:*'],

  // The portal knows the service only through the admin API.
  'portal/**': [
    '@tanstack/react-query',
    'fflate',
    'oidc-client-ts',
    'react',
    'react-aria-components',
    'react-dom',
    'react-router',
    'vite',
    'node:*',
  ],

  'bench/**': [
    ...BASICS,
    'local/**',
    'shared/**',
    '@aws-sdk/client-dynamodb',
    'commander',
    'jose',
    'uuid',
    'node:*',
  ],
  // The libraries with which the protocol is compared.
  'bench/protocol': [
    'bench',
    'shared/scim/**',
    'scimmy',
    'scim2-parse-filter',
    'scim-patch',
    'commander',
    'node:*',
  ],
  'bench/cost': ['bench', 'cdk.json', 'lib', 'lib/stacks', 'aws-cdk-lib', 'commander', 'zod', 'node:*'],
  'collection/**': ['local/**', 'node:*'],
};

const escape = (text) => text.replace(/[.\\/@-]/g, '\\$&');

/** A pattern for the files of a folder, or for a package. */
function pattern(name) {
  if (name.startsWith('node:')) return name === 'node:*' ? undefined : `^(node:)?${escape(name.slice(5))}$`;
  if (name.endsWith('.json')) return `^${escape(name)}$`;
  const isOurs = /^(shared|lambdas|lib|bin|local|portal|bench|collection)(\/|$)/.test(name);
  if (isOurs) {
    if (name.endsWith('/**')) return `^${escape(name.slice(0, -3))}/`;
    if (name.endsWith('/*.ts')) return `^${escape(name.slice(0, -5))}/[^/]+\\.ts$`;
    return `^${escape(name)}/[^/]+$`;
  }
  const root = name.replace(/\/\*+$/, '');
  const rest = name === root ? '(/|$|@)' : '/';
  return `(^|node_modules/)(@types/)?${escape(root)}${rest}`;
}

const allowed = Object.entries(ALLOWED).flatMap(([folder, imports]) => {
  const from = { path: pattern(folder) };
  const paths = [folder, ...imports].map(pattern).filter((path) => path !== undefined);
  const rules = [{ from, to: { path: paths } }];
  if (imports.includes('node:*')) rules.push({ from, to: { dependencyTypes: ['core'] } });
  return rules;
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  allowed,
  allowedSeverity: 'error',
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that import each other cannot be read, tested, or moved alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|cdk\\.out|\\.local)/.*node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.cjs', '.json', '.css'] },
  },
};
