import { memberCosts, userCosts, type MeteredDomain, type OperationCost } from '../../bench/capacity';
import { writeMemberships } from '../../bench/memberships';
import { openTable } from '../../shared/store/table';
import { deployment, newDomain, session, takeCapacity, useSdkEnvironment } from '../integration/system';

/**
 * DynamoDB Local counts as AWS does. The embedded engine counts one unit too many for a transaction (in writes) and for a
 * BatchGetItem (in reads), so that only DynamoDB Local's figures are asserted as they are.
 */
const countsAsAws = session().engine === 'dynamodb-local';

async function metered(): Promise<{ domainId: string; domain: MeteredDomain }> {
  const { domainId, request } = await newDomain();
  return { domainId, domain: { request, takeCapacity: () => takeCapacity(domainId) } };
}

const cost = (costs: readonly OperationCost[], operation: string): { read: number; write: number } => {
  const found = costs.find((each) => each.operation === operation);
  if (!found) throw new Error(`${operation} was not measured.`);
  return { read: found.read, write: found.write };
};

describe('what an operation on a user consumes', () => {
  let costs: OperationCost[];
  beforeAll(async () => {
    costs = await userCosts((await metered()).domain);
  });

  test.each([
    ['create a user', { read: 0, write: 12 }],
    ['get it by id', { read: 1, write: 0 }],
    ['find it by userName', { read: 2, write: 0 }],
    ['find no user of a userName', { read: 1, write: 0 }],
    ['repeat a change (PATCH)', { read: 1, write: 0 }],
    ['deactivate (PATCH active)', { read: 1, write: 8 }],
    ['reactivate (PATCH active)', { read: 1, write: 8 }],
    ['replace, nothing changed (PUT)', { read: 1, write: 0 }],
    ['delete it', { read: 1, write: 12 }],
  ])('%s: %o', (operation, expected) => {
    const found = cost(costs, operation);
    const slack = countsAsAws ? 0 : 1;
    expect(found.read).toBeGreaterThanOrEqual(expected.read);
    expect(found.read).toBeLessThanOrEqual(expected.read + slack);
    expect(found.write).toBeGreaterThanOrEqual(expected.write);
    expect(found.write).toBeLessThanOrEqual(expected.write + slack);
  });
});

test('adding or removing one member costs the same, however many members the group has', async () => {
  useSdkEnvironment();
  const { domainId, domain } = await metered();
  const table = openTable((await deployment()).tableName);
  // The embedded engine takes a minute to write 20,000 items, and then others wait for it.
  const sizes = countsAsAws ? [10, 1_000, 20_000] : [10, 1_000];
  const costs: OperationCost[] = [];
  for (const size of sizes) {
    costs.push(
      ...(await memberCosts(domain, size, (groupId, count) =>
        writeMemberships(table, domainId, groupId, count),
      )),
    );
  }

  for (const verb of ['add a member to', 'remove a member from']) {
    const each = sizes.map((size) => cost(costs, `${verb} a group of ${size}`));
    expect(new Set(each.map((units) => JSON.stringify(units))).size).toBe(1);
    expect(each[0]?.read).toBeLessThanOrEqual(countsAsAws ? 3 : 4);
    expect(each[0]?.write).toBeLessThanOrEqual(countsAsAws ? 10 : 11);
  }
}, 120_000);
