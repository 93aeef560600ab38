import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Use } from '../../../local/cloud/iam/usage';
import type { Session } from '../../../local/product/session';
import { newId } from '../../../shared/id';
import { systemAssembly } from '../../support/jest/start-system';
import { checkStage } from '../../support/stages/check-stage';
import { type RunningStage, startStage } from '../../support/stages/running-stage';
import { synthesizeStage } from '../../support/stages/stage-assembly';
import type { EditedTemplate } from '../../support/system/edited-assembly';

let directory: string;
const running: RunningStage[] = [];

beforeAll(() => (directory = mkdtempSync(path.join(tmpdir(), 'stages-'))));
afterAll(async () => {
  await Promise.all(running.map(({ stop }) => stop()));
  rmSync(directory, { recursive: true });
});

/** Starts a stage with the bundles of the running system. */
async function start(stage: string, edit?: (template: EditedTemplate) => void): Promise<RunningStage> {
  const assembly = synthesizeStage(stage, systemAssembly(), edit);
  const started = await startStage(stage, path.join(directory, stage), [
    '--no-synth',
    '--assembly',
    assembly,
  ]);
  running.push(started);
  return started;
}

/**
 * Requests the metadata of OAuth at its standard place on the custom domain, and a token with a secret that
 * is not valid.
 */
async function expectOAuth({ baseUrl }: Session): Promise<void> {
  const { origin } = new URL(baseUrl);
  const path = '/.well-known/oauth-authorization-server/scim';
  const metadata = await fetch(origin + path, { headers: { 'x-custom-domain': 'scim.example.com' } });
  expect([metadata.status, await metadata.json()]).toMatchObject([
    200,
    {
      issuer: 'http://scim.example.com/scim',
      token_endpoint: 'http://scim.example.com/scim/oauth2/token',
    },
  ]);
  const client = { client_id: `${newId()}.${newId()}`, client_secret: 'scimsecret_x' };
  const token = await fetch(`${origin}/scim/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', ...client }),
  });
  expect([token.status, await token.json()]).toMatchObject([401, { error: 'invalid_client' }]);
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Condition?: unknown;
}

/** The permissions for the key of the stage that a function loses, by the service that uses the key. */
const REMOVED = [
  { policy: 'FunctionsSearch', service: 'dynamodb' },
  { policy: 'FunctionsGroups', service: 'secretsmanager' },
  { policy: 'FunctionHandler', service: 'sqs' },
];

const usesKeyThrough =
  (service: string) =>
  ({ Action, Condition }: Statement): boolean =>
    [Action].flat().some((action) => action.startsWith('kms:')) &&
    JSON.stringify(Condition).includes(`${service}.`);

function removeKeyPermissions({ Resources }: EditedTemplate): void {
  // What does not fit into the own policy of a role is in managed policies.
  const documents = Object.entries(Resources)
    .filter(([, { Type }]) => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(Type))
    .map(([logicalId, { Properties }]) => ({
      logicalId,
      document: Properties.PolicyDocument as { Statement: Statement[] },
    }));
  for (const { policy, service } of REMOVED) {
    const ofRole = documents.filter(({ logicalId }) => logicalId.startsWith(policy));
    let removed = 0;
    for (const { document } of ofRole) {
      const kept = document.Statement.filter((statement) => !usesKeyThrough(service)(statement));
      removed += document.Statement.length - kept.length;
      document.Statement = kept;
    }
    // Each policy is in one of the stacks.
    expect(removed).toBe(ofRole.length > 0 ? 1 : 0);
  }
}

const WORKS = {
  created: 201,
  admin: 200,
  check: 'active',
  lease: { days: 1, keys: 1 },
  suppressed: ['bounce@simulator.amazonses.com'],
  alarms: ['missing', 'ok'],
};

it('production with everything on works, and a function that may not use the key is refused', async () => {
  const { session } = await start('example-prod', removeKeyPermissions);
  expect(await checkStage(session)).toEqual({
    ...WORKS,
    lease: { days: 14, keys: 2 },
    portal: [200, 200],
    refused: [],
  });

  await expectOAuth(session);

  const send = (url: string, token: string, method: string) =>
    fetch(url, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } });
  const statuses = {
    table: (
      await send(
        `${session.baseUrl}/?filter=${encodeURIComponent('userName sw "a"')}`,
        session.scimKey,
        'GET',
      )
    ).status,
    secret: (await send(`${session.baseUrl}/Groups?cursor`, session.scimKey, 'GET')).status,
    queue: (await send(`${session.adminUrl}/mail/redrive`, session.adminToken, 'POST')).status,
  };
  expect(statuses).toEqual({ table: 500, secret: 500, queue: 500 });
  const uses = (await (await fetch(`${session.controlUrl}/iam-usage`)).json()) as Use[];
  const refused = uses.filter((use) => use.refused !== undefined);
  for (const { policy } of REMOVED)
    expect(refused).toContainEqual(
      expect.objectContaining({
        function: expect.stringContaining(policy) as string,
        refused: expect.stringMatching(
          /is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:\S+ because no identity-based policy allows the kms:Decrypt action$/,
        ) as string,
      }),
    );
  expect(refused.filter(({ action }) => action !== 'kms:Decrypt')).toEqual([]);
});

it('a second region without a portal works', async () => {
  const { session } = await start('example-prod-us');
  expect(session.portalUrl).toBe('');
  expect(await checkStage(session)).toEqual({ ...WORKS, refused: [] });
});
