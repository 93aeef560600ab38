#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { Command, Option } from 'commander';
import { DEPLOYMENT_PARAMETER, type Deployment } from '../shared/deployment';
import { RATE_PLAN_NAMES, type RatePlanName } from '../shared/rate-plan';
import { AdminError } from '../shared/service/admin-error';
import { openDomainAdmin, type DomainAdmin } from '../shared/service/domain-admin';

/** Where `npm start` says how its services are reached. */
const LOCAL_SESSION = path.join('.local', 'session.json');

// The deployed runtime is newer; which Node the CLI runs on is no concern of its users.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const program = new Command('scim')
  .description('Administers the authentication domains of a deployment and their SCIM keys.')
  .option('--local', 'talk to the system that `npm start` runs')
  .option('--session <file>', 'where that system says how it is reached', LOCAL_SESSION)
  .option('--json', 'print JSON instead of text')
  .addHelpText(
    'after',
    `
Without --local it talks to AWS, with the credentials and the region of the AWS SDK's ordinary configuration
(AWS_PROFILE, AWS_REGION, …).

Examples:
  $ npm run scim -- --local domain list
  $ npm run scim -- domain create "Example Inc" --rate-plan gallery
  $ npm run scim -- key create <domainId> --name "Okta" --expire-time 2027-12-31T00:00:00Z`,
  );

const domain = program.command('domain').description('create, list, show, enable and disable domains');

domain
  .command('create <name>')
  .description('make a domain; its SCIM is switched on')
  .addOption(new Option('--rate-plan <plan>').choices(RATE_PLAN_NAMES).default('standard'))
  .action((name: string, { ratePlan }: { ratePlan: RatePlanName }) =>
    run(async (admin) =>
      print(await admin.createDomain({ name, ratePlan }), ['domainId', 'name', 'ratePlan']),
    ),
  );

domain
  .command('list')
  .description('list the ids and names of all domains')
  .action(() => run(async (admin) => printTable(await admin.listDomains(), ['domainId', 'name'])));

domain
  .command('show <domainId>')
  .description('show a domain')
  .action((domainId: string) =>
    run(async (admin) =>
      print(await admin.getDomain(domainId), ['domainId', 'name', 'scimEnabled', 'ratePlan', 'createdAt']),
    ),
  );

for (const [name, enabled] of [
  ['enable', true],
  ['disable', false],
] as const) {
  domain
    .command(`${name} <domainId>`)
    .description(`switch the SCIM of a domain ${enabled ? 'on' : 'off'}; it holds at once`)
    .action((domainId: string) =>
      run(async (admin) =>
        print(await admin.setScimEnabled(domainId, enabled), ['domainId', 'name', 'scimEnabled']),
      ),
    );
}

const key = program.command('key').description('create, list and revoke the SCIM keys of a domain');

key
  .command('create <domainId>')
  .description('make a key; it is printed here and cannot be shown again')
  .option('--name <name>', 'what the key is for', 'SCIM key')
  .option('--expire-time <time>', 'RFC 3339; without it the key never expires')
  .action((domainId: string, input: { name: string; expireTime?: string }) =>
    run(async (admin) =>
      print(await admin.createScimKey(domainId, input), [
        'keyId',
        'name',
        'createdAt',
        'expireTime',
        'token',
      ]),
    ),
  );

key
  .command('list <domainId>')
  .description('list the keys of a domain, without their secrets')
  .action((domainId: string) =>
    run(async (admin) =>
      printTable(await admin.listScimKeys(domainId), [
        'keyId',
        'name',
        'createdAt',
        'lastUsedAt',
        'expireTime',
        'revokedAt',
      ]),
    ),
  );

key
  .command('revoke <domainId> <keyId>')
  .description('revoke a key for good; it holds at once')
  .action((domainId: string, keyId: string) =>
    run(async (admin) => {
      await admin.revokeScimKey(domainId, keyId);
      print({ keyId, revoked: true }, ['keyId', 'revoked']);
    }),
  );

async function run(act: (admin: DomainAdmin) => Promise<void>): Promise<void> {
  const { local, session } = program.opts<{ local?: boolean; session: string }>();
  if (local) useLocalSystem(session);
  await act(openDomainAdmin(await readDeployment()));
}

/** The SDK finds its endpoints in the environment, so that nothing else has to know of them. */
function useLocalSystem(file: string): void {
  let session: { region: string; endpoints: Record<string, string> };
  try {
    session = JSON.parse(readFileSync(file, 'utf8')) as typeof session;
  } catch {
    throw new AdminError(`There is no local system at ${file}. Start one with: npm start`);
  }
  Object.assign(process.env, session.endpoints, {
    AWS_REGION: session.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
}

async function readDeployment(): Promise<Deployment> {
  const client = new SSMClient({});
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: DEPLOYMENT_PARAMETER }));
    return JSON.parse(Parameter?.Value ?? '') as Deployment;
  } catch (error) {
    if (!(error instanceof ParameterNotFound)) throw error;
    const region = await client.config.region();
    throw new AdminError(
      `Nothing is deployed in ${region}: there is no parameter ${DEPLOYMENT_PARAMETER}. Deploy first, or set AWS_REGION.`,
    );
  }
}

type Row = Readonly<Record<string, string | number | boolean | undefined>>;

function print(row: object, fields: readonly string[]): void {
  if (program.opts<{ json?: boolean }>().json) return console.log(JSON.stringify(row, null, 2));
  for (const field of fields) {
    const value = (row as Row)[field];
    if (value !== undefined) console.log(`${field.padEnd(12)} ${String(value)}`);
  }
}

function printTable(rows: readonly object[], fields: readonly string[]): void {
  if (program.opts<{ json?: boolean }>().json) return console.log(JSON.stringify(rows, null, 2));
  const cells = [fields, ...rows.map((row) => fields.map((field) => String((row as Row)[field] ?? '-')))];
  const widths = fields.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  for (const line of cells)
    console.log(
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

program.parseAsync().catch((error: Error) => {
  const plain = error instanceof AdminError ? error.message : `${error.name}: ${error.message}`;
  console.error(plain);
  process.exitCode = 1;
});
