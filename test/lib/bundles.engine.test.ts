import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadAssembly } from '../../local/cloud/template/assembly';
import { systemAssembly } from '../support/jest/start-system';

interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly Environment?: { readonly Variables: { readonly POWERTOOLS_SERVICE_NAME?: string } };
}

const ENTRIES = readdirSync(path.join(__dirname, '../../lambdas'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'));

/** The bundle directories of the running system's functions, by entry. */
const FOLDERS = new Map(
  loadAssembly(systemAssembly()).flatMap(({ template, assets }) =>
    Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .flatMap(({ Properties }) => {
        const { Code, Environment } = Properties as unknown as FunctionProperties;
        const entry = Environment?.Variables.POWERTOOLS_SERVICE_NAME;
        return entry ? [[entry, assets.get(path.basename(Code.S3Key, '.zip')) ?? ''] as const] : [];
      }),
  ),
);

const bundleOf = (entry: string): string => path.join(FOLDERS.get(entry) ?? '', 'index.mjs');

it('every file in lambdas/ has a bundle', () => {
  expect([...FOLDERS.keys()].sort()).toEqual([...ENTRIES].sort());
});

it('the bundles are self-contained ES modules that export the handler', () => {
  const urls = ENTRIES.map((entry) => pathToFileURL(bundleOf(entry)).href);
  const program = `
    const modules = await Promise.all(${JSON.stringify(urls)}.map((url) => import(url)));
    process.stdout.write(JSON.stringify(modules.map(({ handler }) => typeof handler)));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    env: { PATH: process.env.PATH },
  });
  expect(JSON.parse(printed.toString())).toEqual(ENTRIES.map(() => 'function'));
});

const TELEMETRY = ['@aws-lambda-powertools/logger', '@aws-lambda-powertools/metrics'];
const AWS = [...TELEMETRY, '@aws-sdk/credential-provider-env'];
const TABLE = [...AWS, '@aws-sdk/client-dynamodb'];
const SECRETS = '@aws-sdk/client-secrets-manager';
const QUEUES = '@aws-sdk/client-sqs';
const EVENT_BUS = '@aws-sdk/client-eventbridge';
const CHAIN = [...TABLE, '@middy/core', '@middy/http-json-body-parser', 'uuid'];
/** The packages that functions need to send emails. */
const MAIL = ['@aws-sdk/client-ses', 'mustache', 'zod'];

/**
 * The packages of package.json that each bundle contains. Each one makes the cold starts of its function
 * slower.
 */
const PACKAGES: Record<string, readonly string[]> = {
  authorizer: [...TABLE, SECRETS, 'uuid'],
  users: [...CHAIN, SECRETS],
  groups: [...CHAIN, SECRETS],
  bulk: [...CHAIN, SECRETS],
  search: [...CHAIN, SECRETS],
  discovery: [...CHAIN, SECRETS],
  readiness: [...CHAIN, '@aws-sdk/client-sesv2', '@aws-sdk/client-ssm'],
  'not-found': CHAIN,
  token: [...TABLE, SECRETS, 'jose', 'uuid'],
  'license-check': TABLE,
  'license-lease': [...TABLE, '@aws-sdk/client-kms', 'uuid'],
  'license-check-authorizer': TELEMETRY,
  'license-changes': [...TABLE, SECRETS, QUEUES, ...MAIL],
  'mail-outbox': [...TABLE, SECRETS, QUEUES, ...MAIL],
  'mail-events': [...TABLE, 'zod'],
  'key-reminders': [...TABLE, ...MAIL, '@aws-sdk/client-ssm'],
  dispatch: [...TABLE, QUEUES],
  'event-feed': [...TABLE, QUEUES],
  promoter: [...TABLE, QUEUES, 'uuid'],
  sweep: [...TABLE, QUEUES],
  webhooks: [...TABLE, SECRETS, QUEUES, EVENT_BUS, '@aws-sdk/client-kms', 'uuid'],
  mappings: [...TABLE, QUEUES, 'uuid'],
  'admin-authorizer': [...TABLE, SECRETS, 'jose', 'uuid'],
  'admin-users': [...CHAIN, SECRETS, 'zod'],
  admin: [
    ...[...CHAIN, SECRETS, QUEUES, EVENT_BUS, ...MAIL, 'jose'],
    ...['@aws-sdk/client-api-gateway', '@aws-sdk/client-cognito-identity-provider', '@aws-sdk/client-sesv2'],
    '@aws-sdk/client-sns',
  ],
};

/**
 * The largest size of each bundle in kB. The others are smaller than `OTHERS`. Readiness has two clients of
 * AWS that no other function of SCIM has: for the sender, and for the address of the portal. Its findings are
 * in English and German.
 */
const KILOBYTES: Record<string, number> = {
  // Lookups that a cursor continues, filters of large groups, and more forms of values that clients send add
  // 7 kB to `bulk`, `groups`, and `users`.
  ...{ authorizer: 270, groups: 400, users: 421 },
  // License usage and the names in audit filters add 7 kB.
  ...{ admin: 1_245, bulk: 449, readiness: 528 },
  'admin-users': 530,
  'license-check-authorizer': 40,
};
const OTHERS = 402;

const { dependencies } = JSON.parse(readFileSync(path.join(__dirname, '../../package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** Returns the names of the packages in a bundle, from its source map. */
function packagesIn(entry: string): string[] {
  const { sources } = JSON.parse(readFileSync(`${bundleOf(entry)}.map`, 'utf8')) as { sources: string[] };
  const names = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
  return [...new Set(names)].sort();
}

it.each(ENTRIES)('the bundle %s contains only the packages that its function uses', (entry) => {
  const packages = packagesIn(entry);
  expect(packages.filter((name) => name in dependencies)).toEqual([...(PACKAGES[entry] ?? [])].sort());
  // Lambda has the credentials in the environment, so nothing else that finds some belongs into a bundle.
  const finders = packages.filter((name) => /credential-provider|nested-clients|token-providers/.test(name));
  expect(finders.filter((name) => name !== '@aws-sdk/credential-provider-env')).toEqual([]);
});

it.each(ENTRIES)('the bundle %s is small and has a separate source map', (entry) => {
  expect(readdirSync(path.dirname(bundleOf(entry)))).toEqual(
    expect.arrayContaining(['index.mjs', 'index.mjs.map']),
  );
  expect(statSync(bundleOf(entry)).size).toBeLessThan((KILOBYTES[entry] ?? OTHERS) * 1_000);
  expect(readFileSync(bundleOf(entry), 'utf8')).not.toContain('sourceMappingURL=data:');
});
