import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Use } from '../../../local/cloud/iam/usage';
import { reportUsage } from '../../../local/product/iam-usage';
import type { Session } from '../../../local/product/session';
import { refusals } from '../../support/jest/check-iam-usage';
import { systemAssembly } from '../../support/jest/start-system';
import { eventually } from '../../support/jest/timeouts';
import { createGroupOperation, createUserOperation, bulkBody } from '../../support/requests/bulk';
import { uniqueName, userBody } from '../../support/requests/bodies';
import { copyAssembly } from '../../support/system/edited-assembly';
import { type HostProcess, readSession, startHost } from '../../support/system/host-process';

interface Removal {
  /** A part of the logical ID of the policy. */
  readonly policy: string;
  readonly action: string;
  /** The end of the pattern of keys, or of the ARN, that the action loses. */
  readonly from: string;
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: {
    readonly 'ForAllValues:StringLike'?: { readonly 'dynamodb:LeadingKeys': string | string[] };
  };
}

/** Ten permissions, one of each function or kind. */
const REMOVED: readonly Removal[] = [
  { policy: 'FunctionsUsers', action: 'dynamodb:DeleteItem', from: '#NAME#USER#*' },
  { policy: 'FunctionsGroups', action: 'dynamodb:PutItem', from: '#NAME#GROUP#*' },
  { policy: 'FunctionsBulk', action: 'dynamodb:UpdateItem', from: '#COUNTS' },
  { policy: 'FunctionsSearch', action: 'dynamodb:Query', from: '/index/byUserName' },
  { policy: 'FunctionsDiscovery', action: 'dynamodb:UpdateItem', from: '#RATE' },
  { policy: 'FunctionsReadiness', action: 'ses:GetAccount', from: '*' },
  { policy: 'LicenseCheckHandler', action: 'dynamodb:GetItem', from: 'LICENSEKEY#*' },
  { policy: 'LicenseChangesHandler', action: 'ses:SendEmail', from: ':identity/*' },
  { policy: 'MailOutboxHandler', action: 'dynamodb:Query', from: 'OUTBOX-MINUTES' },
  { policy: 'FunctionHandlerRole', action: 'apigateway:POST', from: '::/apikeys' },
];

/** Returns a statement without one of its permissions, as up to two statements. */
function without(statement: Statement, { action, from }: Removal): Statement[] {
  const actions = [statement.Action].flat();
  if (!actions.includes(action)) return [statement];
  const like = statement.Condition?.['ForAllValues:StringLike'];
  const keys = [like?.['dynamodb:LeadingKeys'] ?? []].flat();
  const resources = [statement.Resource].flat();
  const keptKeys = keys.filter((key) => !key.endsWith(from));
  const keptResources = resources.filter((resource) => !JSON.stringify(resource).includes(`${from}"`));
  if (keptKeys.length === keys.length && keptResources.length === resources.length) return [statement];
  const others = actions.filter((each) => each !== action);
  const losesKey = keptKeys.length < keys.length;
  const rest: Statement = losesKey
    ? {
        ...statement,
        Action: action,
        Condition: {
          ...statement.Condition,
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keptKeys },
        },
      }
    : { ...statement, Action: action, Resource: keptResources };
  return [
    ...(others.length > 0 ? [{ ...statement, Action: others }] : []),
    ...((losesKey ? keptKeys : keptResources).length > 0 ? [rest] : []),
  ];
}

let directory: string;
let host: HostProcess;
let session: Session;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'grants-'));
  const assembly = path.join(directory, 'cdk.out');
  const found = new Set<Removal>();
  copyAssembly(systemAssembly(), assembly, (_, { Resources }) => {
    for (const [logicalId, { Type, Properties }] of Object.entries(Resources)) {
      // CDK moves statements for which a policy has no room to a managed policy.
      if (!['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(Type)) continue;
      const document = Properties.PolicyDocument as { Statement: Statement[] };
      for (const removal of REMOVED.filter(({ policy }) => logicalId.startsWith(policy))) {
        const before = JSON.stringify(document.Statement);
        document.Statement = document.Statement.flatMap((statement) => without(statement, removal));
        if (JSON.stringify(document.Statement) !== before) found.add(removal);
      }
    }
  });
  expect(REMOVED.filter((removal) => !found.has(removal))).toEqual([]);
  const state = path.join(directory, 'state');
  const flags = [
    '--port',
    '0',
    '--no-synth',
    '--assembly',
    assembly,
    '--state',
    state,
    '--timeout-factor',
    '20',
  ];
  host = await startHost(flags);
  session = readSession(state);
});

afterAll(async () => {
  await host.stop();
  rmSync(directory, { recursive: true });
});

const send = (url: string, token: string, method: string, body?: object) =>
  fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
const scim = (method: string, target: string, body?: object) =>
  send(session.baseUrl + target, session.scimKey, method, body);

const refusedUses = async (): Promise<Use[]> =>
  ((await (await fetch(`${session.controlUrl}/iam-usage`)).json()) as Use[]).filter(
    ({ refused }) => refused !== undefined,
  );

it('requests that lack a permission are refused with the text of AWS, and fail the run', async () => {
  const created = await scim('POST', '/Users', userBody(uniqueName()));
  expect(created.status).toBe(201);
  const { id } = (await created.json()) as { id: string };
  const statuses = {
    deletion: (await scim('DELETE', `/Users/${id}`)).status,
    group: (await scim('POST', '/Groups', createGroupOperation('g', 'Staff').data as object)).status,
    search: (await scim('GET', `/?filter=${encodeURIComponent('userName sw "a"')}`)).status,
    discovery: (await scim('GET', '/ResourceTypes')).status,
    readiness: (await scim('GET', '/readiness')).status,
    domain: (await send(`${session.adminUrl}/domains`, session.adminToken, 'POST', { name: 'Refused' }))
      .status,
    check: (
      await fetch(session.licenseCheckUrl, { headers: { 'license-key': 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA' } })
    ).status,
  };
  await scim('POST', '/Bulk', bulkBody([createUserOperation('u', uniqueName())]));
  await fetch(`${session.controlUrl}/fire?rule=MailOutbox`, { method: 'POST' });
  // Two of the functions work without what they lack, so only the record of IAM shows it.
  expect(statuses).toEqual({
    deletion: 500,
    group: 500,
    search: 500,
    discovery: 200,
    readiness: 200,
    domain: 500,
    check: 500,
  });

  await eventually('ten refusals', async () => (await refusedUses()).length >= REMOVED.length);
  const uses = await refusedUses();
  const kinds = uses.map((use) => `${use.function.split('-')[1]} ${use.action}`);
  for (const { policy, action } of REMOVED) {
    expect(kinds).toContainEqual(
      expect.stringMatching(new RegExp(`^${policy.replace('Role', '')}.* ${action}$`)),
    );
  }
  for (const { action, refused } of uses)
    expect(refused).toMatch(
      new RegExp(
        `^User: arn:aws:sts::000000000000:assumed-role/\\S+ is not authorized to perform: ${action} ` +
          `on resource: \\S+ because no identity-based policy allows the ${action} action$`,
      ),
    );
  expect(refusals(reportUsage(systemAssembly(), uses))).toHaveLength(uses.length + 1);
});
