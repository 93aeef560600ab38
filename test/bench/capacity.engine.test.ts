import {
  measureMemberOperations,
  measureUserOperations,
  type MeteredDomain,
  type OperationCost,
} from '../../bench/capacity';
import { writeMemberships } from '../../bench/memberships';
import { engineCall } from '../../local/engine/call';
import { deployment, createDomainClient, session, takeCapacity } from '../support/system/system';

/**
 * What each operation has to consume. The embedded engine adds up a transaction as AWS documents it: two
 * units for each kilobyte of each item, one for each index entry. DynamoDB Local counts writes of one
 * transaction that cost the same only once, so its figures for writes are lower; both are held to the letter.
 */
const isEmbedded = session().engine === 'dynoxide';

async function createMeteredDomain(): Promise<{ domainId: string; domain: MeteredDomain }> {
  const { domainId, request } = await createDomainClient();
  return { domainId, domain: { request, takeCapacity: () => takeCapacity(domainId) } };
}

const costOf = (costs: readonly OperationCost[], operation: string): { read: number; write: number } => {
  const found = costs.find((each) => each.operation === operation);
  if (!found) throw new Error(`${operation} was not measured.`);
  return { read: found.read, write: found.write };
};

describe('what an operation on a user consumes', () => {
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
    ['list the first page', { read: 2, write: 0 }],
    ['change displayName (PATCH)', { read: 1, write: isEmbedded ? 4 : 2 }],
    ['repeat a change (PATCH)', { read: 1, write: 0 }],
    ['deactivate (PATCH active)', { read: 1, write: isEmbedded ? 8 : 2 }],
    ['reactivate (PATCH active)', { read: 1, write: isEmbedded ? 8 : 2 }],
    ['replace, nothing changed (PUT)', { read: 1, write: 0 }],
    ['delete it', { read: 1, write: isEmbedded ? 12 : 8 }],
  ])('%s: %o', (operation, expected) => {
    expect(costOf(costs, operation)).toEqual(expected);
  });
});

test('adding or removing one member costs the same, however many members the group has', async () => {
  const { domainId, domain } = await createMeteredDomain();
  const { tableName } = await deployment();
  const call = engineCall(session().endpoints.AWS_ENDPOINT_URL_DYNAMODB ?? '');
  // DynamoDB Local takes minutes to write 100,000 items, and then others wait for it.
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
    const each = sizes.map((size) => costOf(costs, `${verb} a group of ${size}`));
    expect(new Set(each.map((units) => JSON.stringify(units))).size).toBe(1);
    expect(each[0]?.read).toBeLessThanOrEqual(3);
    expect(each[0]?.write).toBe(isEmbedded ? 8 : 2);
  }
}, 300_000);
