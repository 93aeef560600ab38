import { openMappingAdmin, type MappingAdmin } from '../../../shared/service/mappings/mapping-admin';
import type { MappingInput } from '../../../shared/service/mappings/mapping-input';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { expectConsistent } from '../../support/consistency/consistency';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { replaceBody, uniqueName, userBody } from '../../support/requests/bodies';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { adminClient } from '../../support/system/admin-client';
import { listMailsTo, waitForMail } from '../../support/system/mails';
import {
  createDomainClient,
  deployment,
  type DomainClient,
  domainAdmin,
  OPERATOR,
  session,
  useSdkEnvironment,
} from '../../support/system/system';

let domain: DomainClient;
let admin: MappingAdmin;
beforeAll(async () => {
  domain = await createDomainClient({ name: 'Mapped Ltd' });
  useSdkEnvironment();
  admin = openMappingAdmin(await deployment());
  await replace(MAPPINGS, [{ name: 'Berlin', roles: ['member'] }]);
  // An evaluation of all users replaces no keys, so no test may begin before its end.
  await eventually('the end of the evaluation', async () => {
    const { evaluation } = await admin.get(domain.domainId);
    return evaluation?.finishedAt !== undefined;
  });
});
afterAll(() => expectConsistent(domain.domainId));

const MAPPINGS: readonly MappingInput[] = [
  {
    from: { kind: 'role', value: 'Portal owner' },
    to: { kind: 'administrator', role: 'owner', license: false },
  },
  { from: { kind: 'group', by: 'displayName', value: 'Guests' }, to: { kind: 'noLicense' } },
  {
    from: { kind: 'group', by: 'displayName', value: 'Engineers' },
    to: { kind: 'userType', userType: 'Full User' },
  },
  {
    from: { kind: 'group', by: 'displayName', value: 'Engineers' },
    to: { kind: 'organization', organization: 'Berlin', role: 'member' },
  },
];

async function replace(
  mappings: readonly MappingInput[],
  organizations?: { name: string; roles: string[] }[],
): Promise<void> {
  const { version } = await admin.get(domain.domainId);
  await admin.replace(
    domain.domainId,
    { mappings, version, ...(organizations && { organizations }) },
    OPERATOR,
  );
}

const licenseOf = async ({ id }: ProvisionedUser) =>
  new LicenseStore(await systemTable()).read(domain.domainId, id);

const becomes = (user: ProvisionedUser, what: string, isSo: (license: object) => boolean) =>
  eventually(`the license of ${user.userName} ${what}`, async () => isSo((await licenseOf(user)) ?? {}), 100);
const hasStatus = (status: string) => (license: { status?: string }) => license.status === status;

async function keyIn(user: ProvisionedUser, mails: number): Promise<string> {
  const mail = (await waitForMail(user.userName, mails)).at(-1);
  return /\w{5}(-\w{5}){4}/.exec(mail?.body.text ?? '')?.[0] ?? '';
}

async function check(key: string): Promise<unknown> {
  const response = await fetch(`${session().licenseCheckUrl}?include=organizations`, {
    headers: { 'License-Key': key },
  });
  return response.json();
}

const createGroup = async (displayName: string, ...members: ProvisionedUser[]): Promise<string> => {
  const body = { displayName, members: members.map(({ id }) => ({ value: id })) };
  const response = await domain.request('POST', '/Groups', body);
  return `/Groups/${(response.body as { id: string }).id}`;
};
const memberBody = (op: 'add' | 'remove', { id }: ProvisionedUser) => ({
  Operations: [
    op === 'add'
      ? { op, path: 'members', value: [{ value: id }] }
      : { op, path: `members[value eq "${id}"]` },
  ],
});

it('a group gives a user type and an organization, and replaces the key that was emailed before', async () => {
  const ada = await provisionUser(domain);
  const first = await keyIn(ada, 1);
  const group = await createGroup('Engineers', ada);
  const second = await keyIn(ada, 2);
  expect(second).not.toBe(first);
  expect(await check(first)).toMatchObject({ status: 'inactive' });
  expect(await check(second)).toMatchObject({
    status: 'active',
    userType: 'Full User',
    organizations: [{ name: 'Berlin', role: 'member' }],
  });
  await domain.request('PATCH', group, replaceBody('displayName', 'Former engineers'));
  await becomes(ada, 'has no organization', (license) => !('organizations' in license));
  expect(await check(await keyIn(ada, 3))).toMatchObject({ userType: 'Basic User', organizations: [] });
});

it('a key that was not emailed stays the same when a group gives another user type', async () => {
  const nameless = await provisionUser(domain, { userName: uniqueName('service').replace('@', ' at ') });
  await becomes(nameless, 'is active', hasStatus('active'));
  const before = await licenseOf(nameless);
  await createGroup('ENGINEERS', nameless);
  await becomes(
    nameless,
    'has another type',
    (license) => (license as typeof before)?.userType === 'Full User',
  );
  expect((await licenseOf(nameless))?.activationId).toBe(before?.activationId);
});

it('a group can end licenses, and a license that comes back waits for a free seat', async () => {
  const ben = await provisionUser(domain);
  await keyIn(ben, 1);
  const guests = await createGroup('Guests', ben);
  await becomes(ben, 'ends', hasStatus('inactive'));
  await waitForMail(ben.userName, 2);
  const { activeLicenses } = await (await domainAdmin()).getCounts(domain.domainId);
  const limit = { seats: activeLicenses, seatPolicy: 'refuse' } as const;
  await (await domainAdmin()).updateDomain(domain.domainId, limit, OPERATOR);
  await domain.request('PATCH', guests, memberBody('remove', ben));
  await becomes(ben, 'waits', hasStatus('pending'));
  await domain.request('PATCH', guests, memberBody('add', ben));
  await becomes(ben, 'waits no more', hasStatus('inactive'));
  await (await domainAdmin()).updateDomain(domain.domainId, { seats: null }, OPERATOR);
  await replace(MAPPINGS.filter(({ to }) => to.kind !== 'noLicense'));
  await becomes(ben, 'is active again', hasStatus('active'));
  await eventually('the end of the evaluation', async () => {
    const { evaluation } = await admin.get(domain.domainId);
    return evaluation?.finishedAt !== undefined && evaluation.version === 2;
  });
});

it('a role makes a user an administrator without a seat, a key, or an email with one', async () => {
  const { body } = await adminClient()('GET', `/domains/${domain.domainId}/connections`);
  const path = `/domains/${domain.domainId}/connections/${body.items[0]?.connectionId}/administrators-from-roles`;
  await adminClient()('POST', path);
  const owner = await provisionUser(
    domain,
    userBody(uniqueName(), { roles: [{ value: 'portal OWNER', primary: true }] }),
  );
  expect(await licenseOf(owner)).toMatchObject({ status: 'inactive' });
  expect((await licenseOf(owner))?.changeId).toBeUndefined();
  await becomes(owner, 'has the role', (license) => 'administrator' in license);
  await domain.request('PATCH', owner.path, { Operations: [{ op: 'remove', path: 'roles' }] });
  await becomes(owner, 'has no role', (license) => !('administrator' in license));
  expect(await licenseOf(owner)).toMatchObject({ status: 'active' });
  await keyIn(owner, 1);
  expect(await listMailsTo(owner.userName)).toHaveLength(1);
});
