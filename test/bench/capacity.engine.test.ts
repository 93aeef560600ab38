import {
  costSince,
  measureMemberOperations,
  measureOtherAddress,
  measureRequest,
  measureUserOperations,
  type MeteredDomain,
  type OperationCost,
  resetCost,
} from '../../bench/capacity';
import { MEASURED_CAPACITY } from '../../bench/cost/measured-capacity';
import { measureGroupOperations, measureUserInGroups } from '../../bench/group-capacity';
import { type MappedDomain, measureMappedMember, nameOfMapped } from '../../bench/mapping-capacity';
import { measureMailOperations } from '../../bench/mail-capacity';
import { writeMemberships } from '../../bench/memberships';
import { engineCall } from '../../local/services/dynamodb/engine/call';
import { openMappingAdmin } from '../../shared/service/mappings/mapping-admin';
import { LicenseStore } from '../../shared/store/licenses/license-store';
import { MappingStore } from '../../shared/store/mappings/mapping-store';
import { spreadGroup } from '../../shared/store/groups/group-heads';
import { toResourceItem } from '../../shared/store/resources/resource-record';
import { countsWrite, withCounts } from '../../shared/store/domains/counts-write';
import { systemTable } from '../support/consistency/domain-data';
import { putItems, seedUserItems } from '../support/seed/seed-items';
import { groupRecord } from '../support/store/records';
import {
  deployment,
  createDomainClient,
  domainAdmin,
  fireRule,
  OPERATOR,
  session,
  takeCanceled,
  takeCapacity,
} from '../support/system/system';

/**
 * The expected costs depend on the engine. The embedded engine counts a transaction as AWS documents it: two
 * units for each kilobyte of each item, and one for each index entry. DynamoDB Local counts equal writes of
 * one transaction only once, so its write units are lower. Both are checked exactly.
 */
const isEmbedded = session().engine === 'dynoxide';

/** `mailMinutesPerAddress` null takes the limit of the deployment. */
async function createMeteredDomain(
  mailMinutesPerAddress: number | null = 0,
): Promise<{ domainId: string; domain: MeteredDomain }> {
  const { domainId, request } = await createDomainClient({ mailMinutesPerAddress });
  return {
    domainId,
    domain: {
      request,
      takeCapacity: () => takeCapacity(domainId),
      takeCanceled: () => takeCanceled(domainId),
    },
  };
}

/** `npm run cost` relies on the figures of the embedded engine. */
function expectRecorded(costs: readonly OperationCost[]): void {
  if (!isEmbedded) return;
  const recorded: Readonly<Record<string, { read: number; write: number }>> = MEASURED_CAPACITY;
  // The size of a group does not matter.
  const nameOf = ({ operation }: OperationCost): string => operation.replace(/ of \d+$/, '');
  for (const cost of costs)
    expect([nameOf(cost), { read: cost.read, write: cost.write }]).toEqual([
      nameOf(cost),
      recorded[nameOf(cost)],
    ]);
}

const costOf = (costs: readonly OperationCost[], operation: string): { read: number; write: number } => {
  const cost = costs.find((each) => each.operation === operation);
  if (!cost) throw new Error(`${operation} was not measured.`);
  return { read: cost.read, write: cost.write };
};

describe('the capacity of an operation on a user', () => {
  let costs: OperationCost[];
  beforeAll(async () => {
    costs = await measureUserOperations((await createMeteredDomain()).domain);
  });

  test.each([
    ['create a user', { read: 0, write: isEmbedded ? 12 : 8 }],
    ['get it by id', { read: 1, write: 0 }],
    ['find it by userName', { read: 2, write: 0 }],
    ['find it by externalId', { read: 1.5, write: 0 }],
    ['find no user of a userName', { read: 1, write: 0 }],
    ['find it by its address', { read: isEmbedded ? 4 : 3, write: 0 }],
    ['find no user of an address', { read: isEmbedded ? 4 : 3, write: 0 }],
    ['list the first page', { read: 2, write: 0 }],
    ['change displayName (PATCH)', { read: 1, write: isEmbedded ? 4 : 2 }],
    ['repeat a change (PATCH)', { read: 1, write: 0 }],
    ['deactivate (PATCH active)', { read: 1, write: isEmbedded ? 8 : 2 }],
    ['reactivate (PATCH active)', { read: 1, write: isEmbedded ? 8 : 2 }],
    ['replace, nothing changed (PUT)', { read: 1, write: 0 }],
    ['rename (PATCH userName and emails)', { read: 1, write: isEmbedded ? 12 : 8 }],
    ['delete it', { read: 1, write: isEmbedded ? 12 : 8 }],
    ['create an inactive user', { read: 0, write: isEmbedded ? 12 : 8 }],
    ['activate it for the first time', { read: 1, write: isEmbedded ? 8 : 2 }],
  ])('%s: %o', (operation, expected) => {
    expect(costOf(costs, operation)).toEqual(expected);
  });

  it('is recorded for the estimate of the cost', () => expectRecorded(costs));
});

describe('the capacity of a user whose address is not the userName', () => {
  const SIZES = [20, 2_000];
  const costsBySize: OperationCost[][] = [];
  beforeAll(async () => {
    const { domainId, domain } = await createMeteredDomain();
    for (const size of SIZES) {
      await seedUserItems(await systemTable(), domainId, size, (at) => ({
        userName: `${size}-${at}@example.com`,
        emails: [{ value: `${size}-${at}@example.com` }],
      }));
      costsBySize.push(await measureOtherAddress(domain, String(size)));
    }
  });

  test.each([
    ['create a user with another address', { read: 0, write: isEmbedded ? 14 : 8 }],
    ['find it by that address', { read: 5, write: 0 }],
    ['change that address (PATCH)', { read: 1, write: isEmbedded ? 10 : 2 }],
    ['deactivate it (PATCH active)', { read: 1, write: isEmbedded ? 8 : 2 }],
    ['delete a user with another address', { read: 1, write: isEmbedded ? 12 : 8 }],
  ])('%s: %o, at any size of the domain', (operation, expected) => {
    for (const costs of costsBySize) expect(costOf(costs, operation)).toEqual(expected);
  });

  it('is recorded for the estimate of the cost', () => expectRecorded(costsBySize.flat()));
});

describe('a canceled transaction', () => {
  const user = (userName: string) => ({ userName, active: false });

  it('costs two write units for each kilobyte of each item', async () => {
    const { domain } = await createMeteredDomain();
    await domain.request('POST', '/Users', user('jane@example.com'));
    await resetCost(domain);
    expect(await domain.request('POST', '/Users', user('jane@example.com'))).toMatchObject({ status: 409 });
    const { canceled } = await costSince(domain, 'a userName that is taken');
    // The user, the claim of its name, its license, the counts, and the audit event.
    expect(canceled).toEqual({ attempts: 1, write: 10 });
    expect((await costSince(domain, 'nothing')).canceled).toEqual({ attempts: 0, write: 0 });
  });
});

describe('the capacity of an operation on a group', () => {
  let costs: OperationCost[];
  beforeAll(async () => {
    const { domainId, domain } = await createMeteredDomain();
    const table = await systemTable();
    costs = await measureGroupOperations(domain, (groupId) => spreadGroup(table, domainId, groupId));
  });

  test.each([
    ['create a group', { read: 0, write: isEmbedded ? 9 : 6 }],
    ['get a group without members', { read: 1, write: 0 }],
    ['list groups without members', { read: 2, write: 0 }],
    ['get a spread group without members', { read: 2, write: 0 }],
    ['list groups, one is spread', { read: 3, write: 0 }],
    ['add a member to a spread group', { read: isEmbedded ? 4 : 3, write: isEmbedded ? 8 : 2 }],
    ['remove a member from a spread group', { read: isEmbedded ? 4 : 3, write: isEmbedded ? 8 : 2 }],
    ['rename a spread group (PATCH)', { read: isEmbedded ? 3 : 2, write: isEmbedded ? 10 : 8 }],
  ])('%s: %o', (operation, expected) => {
    expect(costOf(costs, operation)).toEqual(expected);
  });

  it('is recorded for the estimate of the cost', () => expectRecorded(costs));
});

test('a user in groups costs one read unit more for each, unless the response omits them', async () => {
  const { domain } = await createMeteredDomain();
  const costs = await measureUserInGroups(domain, 20);
  expect(costs.map(({ operation, read }) => [operation, read])).toEqual([
    ['get a user in 20 groups', 21],
    ['get a user without groups in 20 groups', 1],
    ['change displayName (PATCH) of a user in 20 groups', 21],
  ]);
});

test('a list of 100 groups without members costs one read unit more for each spread group', async () => {
  const { domainId, domain } = await createMeteredDomain();
  const table = await systemTable();
  const groups = Array.from({ length: 100 }, (_, at) => groupRecord(`Group ${at}`));
  await putItems(
    table,
    groups.map((group) => toResourceItem(domainId, 'GROUP', group)),
  );
  await withCounts(table, domainId, () => table.transact([countsWrite(domainId, { groups: groups.length })]));
  const path = '/Groups?count=100&excludedAttributes=members';
  const list = async () => (await measureRequest(domain, 'list', 'GET', path)).cost.read;
  const before = await list();
  for (const { id } of groups.slice(0, 7)) await spreadGroup(table, domainId, id);
  expect(await list()).toBe(before + 7);
});

test('adding or removing one member costs the same for every group size', async () => {
  const { domainId, domain } = await createMeteredDomain();
  const { tableName } = await deployment();
  const call = engineCall(session().engineUrl);
  // DynamoDB Local takes minutes to write 100,000 items, and other tests would wait for it.
  const sizes = isEmbedded ? [10, 1_000, 100_000] : [10, 1_000, 10_000];
  const costs: OperationCost[] = [];
  for (const size of sizes) {
    costs.push(
      ...(await measureMemberOperations(domain, size, (groupId) =>
        writeMemberships(call, tableName, { domainId, groupId, size }),
      )),
    );
  }

  for (const verb of ['add a member to', 'remove a member from']) {
    const [small, medium, largest] = sizes.map((size) => costOf(costs, `${verb} a group of ${size}`));
    expect(largest).toEqual(medium);
    expect(small?.read).toBeLessThanOrEqual(3);
    expect(small?.write).toBe(isEmbedded ? 8 : 2);
    // The response does not show so many members, so they are not read.
    expect(medium).toEqual({ read: (small?.read ?? 0) - 1, write: small?.write });
  }
  // A large group costs less.
  expectRecorded(costs.slice(0, 2));
});

describe('adding a member to a group that a mapping names', () => {
  const sizes = [10, 1_000];
  let costs: OperationCost[];
  beforeAll(async () => {
    const { domainId, domain } = await createMeteredDomain();
    const [table, { tableName }] = [await systemTable(), await deployment()];
    const mappings = new MappingStore(table, domainId);
    const call = engineCall(session().engineUrl);
    const admin = openMappingAdmin(await deployment());
    const input = sizes.map((size) => ({
      from: { kind: 'group', by: 'displayName', value: nameOfMapped(size) } as const,
      to: { kind: 'userType', userType: 'Full User' } as const,
    }));
    await admin.replace(domainId, { mappings: input, version: 0 }, OPERATOR);
    const mapped: MappedDomain = {
      ...domain,
      addMemberships: (groupId, size) => writeMemberships(call, tableName, { domainId, groupId, size }),
      isMapped: async (groupId) => (await mappings.groups()).some((each) => each.groupId === groupId),
      isEvaluated: async (userId) =>
        (await new LicenseStore(table).read(domainId, userId))?.userType === 'Full User',
    };
    costs = [];
    for (const size of sizes) costs.push(...(await measureMappedMember(mapped, size)));
  });

  test.each(sizes)('costs the request what it costs without mappings, in a group of %d', (size) => {
    const { read, write } = costOf(costs, `add a member to a mapped group of ${size}`);
    expect(read).toBeLessThanOrEqual(3);
    expect(write).toBe(isEmbedded ? 8 : 2);
  });

  test('costs the evaluation the same for every group size', () => {
    const units = sizes.map((size) => costOf(costs, `evaluate the member of a mapped group of ${size}`));
    expect(units[1]).toEqual(units[0]);
    if (isEmbedded) expect(units[0]).toEqual({ read: 4, write: 8 });
  });
});

describe('the capacity of the first email of a domain, with the limits of its address and of the hour', () => {
  let costs: OperationCost[];
  beforeAll(async () => {
    costs = await measureMailOperations({
      table: await systemTable(),
      createDomain: async (mailDelayMinutes) => {
        const { domainId, domain } = await createMeteredDomain(null);
        if (mailDelayMinutes > 0)
          await (await domainAdmin()).updateDomain(domainId, { mailDelayMinutes }, OPERATOR);
        return { domainId, ...domain };
      },
      runOutbox: () => fireRule('MailOutbox'),
    });
  });

  test.each([
    ['send an email at once', { read: 4.5, write: 5 }],
    ['leave an email to the outbox', { read: 1.5, write: isEmbedded ? 5 : 3 }],
    ['send it from the outbox', { read: 5.5, write: 6 }],
  ])('%s: %o', (operation, expected) => {
    expect(costOf(costs, operation)).toEqual(expected);
  });

  test('is what the estimate of the cost says', () => expectRecorded(costs));
});
