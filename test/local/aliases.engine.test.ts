import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Use } from '../../local/cloud/iam/usage';
import { synthesize } from '../lib/synthesize';
import { STATE_DIRECTORY_VARIABLE, systemAssembly } from '../support/jest/start-system';
import { replaceBody, uniqueName, userBody } from '../support/requests/bodies';
import { copyAssembly, type EditedTemplate } from '../support/system/edited-assembly';
import { type OwnSystem, startOwnSystem } from '../support/system/own-system';
import { waitForMail } from '../support/system/mails';
import { createDomainClient, type DomainClient, fireRule } from '../support/system/system';

const sharedState = process.env[STATE_DIRECTORY_VARIABLE];
let directory: string;
let system: OwnSystem;
let client: DomainClient;

/** The properties that name an asset. Everything else comes from the templates with aliases. */
const ASSETS = ['Code', 'Content', 'SourceObjectKeys'] as const;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'rollout-'));
  const withAliases = synthesize({ rollout: 'Canary10Percent5Minutes' });
  const assembly = path.join(directory, 'cdk.out');
  copyAssembly(systemAssembly(), assembly, (stack, template) => {
    const { Resources } = withAliases[stack as keyof typeof withAliases].toJSON() as EditedTemplate;
    for (const [id, { Properties }] of Object.entries(template.Resources))
      for (const asset of ASSETS)
        if (Properties?.[asset] !== undefined && Resources[id])
          Resources[id].Properties[asset] = Properties[asset];
    Object.assign(template, withAliases[stack as keyof typeof withAliases].toJSON(), { Resources });
  });
  system = await startOwnSystem({ assembly });
  client = await createDomainClient();
});

afterAll(async () => {
  await system.stop();
  process.env[STATE_DIRECTORY_VARIABLE] = sharedState;
  rmSync(directory, { recursive: true });
});

/** Reads a resource of the local control. */
const control = async <T>(resource: string): Promise<T> =>
  (await (await fetch(`${system.session.controlUrl}/${resource}`)).json()) as T;

it('serves requests, streams, schedules, and events through aliases only', async () => {
  const address = uniqueName();
  const created = await client.request('POST', '/Users', userBody(address));
  expect(created.status).toBe(201);
  const { id } = created.body as { id: string };
  // The stream invokes license-changes, which sends the email. SES reports its delivery to mail-events.
  await waitForMail(address);
  expect((await client.request('PATCH', `/Users/${id}`, replaceBody('active', false))).status).toBe(200);
  await waitForMail(address, 2);
  // A deleted group goes through the dispatcher and a queue to the sweep.
  const group = await client.request('POST', '/Groups', {
    displayName: uniqueName(),
    members: [{ value: id }],
  });
  const { id: groupId } = group.body as { id: string };
  expect((await client.request('DELETE', `/Groups/${groupId}`)).status).toBe(204);
  for (const rule of ['EveryMinute', 'EveryHour', 'Leftovers', 'UsageKeys']) await fireRule(rule);
  const admin = await fetch(`${system.session.adminUrl}/domains`, {
    headers: { authorization: `Bearer ${system.session.adminToken}` },
  });
  expect(admin.status).toBe(200);
  const refused = (await control<Use[]>('iam-usage')).filter((use) => use.refused !== undefined);
  expect(refused).toEqual([]);
  expect(readFileSync(path.join(system.state, 'logs', 'host.log'), 'utf8')).not.toMatch(
    /may not invoke|Invalid permissions/,
  );
});

it('runs the published version of every function, and never the latest code', async () => {
  const functions =
    await control<{ name: string; version: string; idle: number; busy: number }[]>('functions');
  const running = functions.filter(({ idle, busy }) => idle + busy > 0);
  expect(new Set(running.map(({ version }) => version))).toEqual(new Set(['1']));
  for (const name of ['Users', 'Authorizer', 'LicenseChanges', 'MailOutbox', 'Sweeper', 'Admin'])
    expect(running.map((each) => each.name)).toContainEqual(expect.stringContaining(name));
});
