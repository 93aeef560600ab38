import { newId } from '../../../../shared/id';
import { addressItemKeys } from '../../../../shared/store/resources/address-items';
import { readResourceItem } from '../../../../shared/store/resources/resource-record';
import { spreadGroup } from '../../../../shared/store/groups/group-heads';
import { eventsConsumerKey } from '../../../../shared/store/table/event-keys';
import { mappedAdministratorKey } from '../../../../shared/store/table/administrator-keys';
import { addressKey } from '../../../../shared/store/table/address-keys';
import {
  auditPartition,
  claimKey,
  domainListKey,
  groupHeadKey,
  mappingsKey,
  membershipKey,
  resourceKey,
} from '../../../../shared/store/table/keys';
import { mailKey, outboxKey } from '../../../../shared/store/table/mail-keys';
import type { Table } from '../../../../shared/store/table/table';
import { managedUserKey } from '../../../../shared/store/users/managed-users';
import { systemTable } from '../../../support/consistency/domain-data';
import { uniqueName, userBody } from '../../../support/requests/bodies';
import { provisionUser } from '../../../support/requests/provision-user';
import { adminClient } from '../../../support/system/admin-client';
import { createDomainClient } from '../../../support/system/system';
import { scimLocal } from '../run-local';

/** No run of the outbox sends an email of this time. */
const DUE_AT = '2099-01-02T03:04:05.000Z';
const LATER = '2099-01-02T04:04:05.000Z';

interface Result {
  readonly domainId: string;
  readonly items: { readonly problems: { problem: string; state: string }[]; readonly repaired: number };
}

let table: Table;
let domainId: string;
let [ada, bob, team] = ['', '', ''];
beforeAll(async () => {
  table = await systemTable();
  const domain = await createDomainClient();
  ({ domainId } = domain);
  const emails = [{ value: uniqueName('home'), primary: true }];
  ({ id: ada } = await provisionUser(domain, userBody(uniqueName(), { active: false, emails })));
  ({ id: bob } = await provisionUser(domain, userBody(uniqueName(), { active: false })));
  const members = [{ value: ada }, { value: bob }];
  const created = await domain.request('POST', '/Groups', { displayName: 'Team', members });
  team = (created.body as { id: string }).id;
  await spreadGroup(table, domainId, team);
});

const verify = async (...options: string[]): Promise<Result> => {
  const { out } = await scimLocal(['--json', 'verify', domainId, '--pace', '1000000', ...options]);
  return (JSON.parse(out) as Result[])[0] as Result;
};
const problemsOf = ({ items }: Result, state?: string) =>
  items.problems
    .filter((each) => state === undefined || each.state === state)
    .map(({ problem }) => problem)
    .sort();

it('scim verify finds nothing in a domain that the service has written', async () => {
  expect((await verify()).items).toMatchObject({ problems: [], repaired: 0 });
});

/** Corrupts the table in ways that no function of the system notices. */
async function corrupt(): Promise<void> {
  const user = await table.get(resourceKey(domainId, 'USER', ada));
  for (const key of addressItemKeys(domainId, readResourceItem(user ?? {}))) await table.delete(key);
  await table.delete(claimKey(domainId, 'USER', String(user?.nameKey)));
  await table.put({ ...claimKey(domainId, 'USER', 'ghost@example.com'), ownerId: newId() });
  await table.put({ ...claimKey(domainId, 'GROUP', 'ghosts'), ownerId: newId() });
  await table.put({ ...addressKey(domainId, 'ghost@example.com', bob) });
  await table.put({ ...managedUserKey(domainId, newId()) });
  await table.update(resourceKey(domainId, 'USER', bob), { set: { managedBy: 'administrator' } });
  await table.delete(membershipKey(domainId, team, ada));
  await table.put({ ...membershipKey(domainId, team, newId()) });
  await table.update(resourceKey(domainId, 'USER', bob), { deleteElements: { groupIds: new Set([team]) } });
  await table.delete(groupHeadKey(domainId, team, 3));
  await table.put({ ...groupHeadKey(domainId, newId(), 0), version: 1, memberCount: 0 });
  await table.update(domainListKey(domainId), { set: { name: 'Other' } });
  await corruptMails();
  await corruptSettings();
}

async function corruptMails(): Promise<void> {
  const ids = (mailId: string, dueAt: string) => ({ domainId, userId: ada, mailId, dueAt });
  const entry = (mailId: string, dueAt: string) => outboxKey(dueAt, domainId, ada, mailId);
  const due = { kind: 'none', status: 'due' };
  const [lost, later, orphan] = [newId(), newId(), newId()];
  await table.put({ ...mailKey(domainId, ada, lost), ...due, dueAt: DUE_AT });
  await table.put({ ...mailKey(domainId, ada, later), ...due, dueAt: LATER });
  await table.put({ ...entry(later, LATER), ...ids(later, LATER), userId: bob });
  await table.put({ ...entry(orphan, DUE_AT), ...ids(orphan, DUE_AT) });
}

async function corruptSettings(): Promise<void> {
  const path = `/domains/${domainId}/subscriptions`;
  const created = await adminClient()('POST', path, { name: 'Feed', kind: 'feed' });
  const { subscriptionId } = (created.body as { subscription: { subscriptionId: string } }).subscription;
  await table.delete(eventsConsumerKey(domainId, subscriptionId));
  await table.put({ ...eventsConsumerKey(domainId, newId()), full: false });
  await table.put({
    ...mappingsKey(domainId),
    ...{ mappings: [], organizations: [] },
    ...{ version: 1, revision: 1, changedAt: '2026-03-01T12:00:00.000Z' },
  });
  const mapped = {
    role: 'viewer',
    email: uniqueName('mapped'),
    revision: 1,
    since: '2026-03-01T12:00:00.000Z',
  };
  await table.put({ ...mappedAdministratorKey(domainId, bob), ...mapped, mappingId: 'm', connectionIds: [] });
}

const EXPECTED = [
  ...['address-missing', 'address-stale', 'claim-orphaned', 'claim-orphaned', 'consumer-missing'],
  ...[
    'consumer-missing',
    'consumer-orphaned',
    'head-orphaned',
    'heads-missing',
    'ids-wrong',
    'invited-missing',
  ],
  ...['list-entry-wrong', 'managed-user-missing', 'managed-user-stale', 'mappings-version-wrong'],
  ...['membership-missing', 'membership-one-sided'],
  ...['membership-orphaned', 'outbox-minute-missing', 'outbox-missing', 'outbox-orphaned'],
];

it('scim verify --repair repairs, with its permissions, what it has reported', async () => {
  await corrupt();
  // The names are verified first, and repair the claim of a user.
  expect(problemsOf(await verify())).toEqual([...EXPECTED, 'name-unclaimed'].sort());
  const repaired = await verify('--repair');
  expect(problemsOf(repaired)).toEqual(EXPECTED);
  expect(problemsOf(repaired, 'repaired')).toEqual(EXPECTED);
  expect(problemsOf(await verify())).toEqual([]);
  const { items } = await table.query({ pk: auditPartition(domainId) });
  const attributes = items
    .filter(
      ({ action, actor }) => action === 'domain.updated' && (actor as { kind: string }).kind === 'admin',
    )
    .flatMap(({ changes }) => (changes as { attribute: string }[] | undefined) ?? [])
    .map(({ attribute }) => attribute);
  expect(attributes).toEqual(expect.arrayContaining(EXPECTED));
  // What the repairs created for this test.
  await table.delete(mappedAdministratorKey(domainId, bob));
  await table.delete(mappingsKey(domainId));
});
