import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { program } from 'commander';
import { loadAssembly } from '../local/cloud/template/assembly';
import { findLambdaNode } from './support/system/lambda-node';
import { patchBody, replaceBody, uniqueName, userBody } from './support/requests/bodies';
import { type OwnSystem, startOwnSystem } from './support/system/own-system';

const ROOT = path.join(__dirname, '..');

interface Bundle {
  readonly name: string;
  readonly runtime: string;
  readonly file: string;
}

/** Returns the bundles of the functions that have code of this repository. */
function bundlesIn(assembly: string): Bundle[] {
  return loadAssembly(assembly).flatMap(({ template, assets }) =>
    Object.values(template.Resources).flatMap(({ Type, Properties }) => {
      const { Code, Runtime, Environment } = Properties as {
        Code?: { S3Key?: string };
        Runtime?: string;
        Environment?: { Variables?: Record<string, string> };
      };
      const name = Environment?.Variables?.POWERTOOLS_SERVICE_NAME;
      if (Type !== 'AWS::Lambda::Function' || name === undefined) return [];
      const directory = assets.get(path.basename(Code?.S3Key ?? '', '.zip')) ?? '';
      return [{ name, runtime: Runtime ?? '', file: path.join(directory, 'index.mjs') }];
    }),
  );
}

/** Loads every bundle in one process. Fails if one does not export a handler, or prints a warning. */
function loadBundles(node: string, bundles: readonly Bundle[]): void {
  const urls = bundles.map(({ file }) => pathToFileURL(file).href);
  const script = `
    for (const url of ${JSON.stringify(urls)})
      if (typeof (await import(url)).handler !== 'function') throw new Error(url + ' exports no handler.');`;
  const printed = execFileSync(
    node,
    ['--trace-warnings', '--throw-deprecation', '--input-type=module', '--eval', script],
    { env: { PATH: process.env.PATH }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  assert.equal(printed, '');
}

/**
 * Sends requests that reach each kind of function: an authorizer, an API, the stream, a queue, and a
 * schedule.
 */
async function serve({ session }: OwnSystem): Promise<void> {
  const send = async (token: string, method: string, url: string, body?: object) => {
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${url}: ${response.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Record<string, string>;
  };
  const scim = (method: string, target: string, body?: object) =>
    send(session.scimKey, method, session.baseUrl + target, body);
  const address = uniqueName();
  const { id } = await scim('POST', '/Users', userBody(address));
  const group = await scim('POST', '/Groups', { displayName: uniqueName() });
  const member = { op: 'add', path: 'members', value: [{ value: id }] };
  await scim('PATCH', `/Groups/${group.id}`, patchBody(member));
  await scim('PATCH', `/Users/${id}`, replaceBody('title', 'Engineer'));
  await scim('GET', `/Users?filter=${encodeURIComponent(`userName eq "${address}"`)}`);
  await scim('POST', '/.search', { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'] });
  await scim('GET', '/Schemas');
  await scim('GET', '/readiness');
  await send(session.adminToken, 'GET', `${session.adminUrl}/domains`);
  for (let attempt = 1; ; attempt += 1) {
    const mails = await (await fetch(`${session.mailUrl}/store`)).text();
    if (mails.includes(address)) break;
    assert.ok(attempt < 600, 'The email with the license key does not arrive.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const rule of ['EveryMinute', 'EveryHour', 'Leftovers', 'UsageKeys'])
    await send('', 'POST', `${session.controlUrl}/fire?rule=${rule}`);
  await scim('DELETE', `/Groups/${group.id}`);
  await scim('DELETE', `/Users/${id}`);
}

async function main(): Promise<void> {
  const flags = program
    .name('npm run test:lambda-node --')
    .description('Loads the bundles, and serves requests with them, on the version of Node that Lambda runs.')
    .option('--assembly <directory>', 'cloud assembly', process.env.SCIM_TEST_ASSEMBLY ?? 'cdk.out')
    .option('--node <file>', 'the Node to use (default: fetches the version of Lambda)')
    .parse()
    .opts<{ assembly: string; node?: string }>();
  const assembly = path.resolve(ROOT, flags.assembly);
  const node = flags.node ?? findLambdaNode();
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  const bundles = bundlesIn(assembly);
  for (const { name, runtime } of bundles)
    assert.equal(
      runtime,
      `nodejs${/^v(\d+)\./.exec(version)?.[1]}.x`,
      `${name} is not deployed on Node ${version}.`,
    );
  loadBundles(node, bundles);
  console.log(`Node ${version} loads the ${bundles.length} bundles.`);
  const system = await startOwnSystem({ assembly, node, flags: ['--fresh'] });
  try {
    await serve(system);
  } finally {
    await system.stop();
  }
  console.log(`Functions on Node ${version} serve requests, the stream, queues, and schedules.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
