import { newId } from '../../../shared/id';
import { auditWrite } from '../../../shared/store/audit/audit';
import { countsWrite, withCounts } from '../../../shared/store/domains/counts-write';
import { licenseWrite } from '../../../shared/store/licenses/license-write';
import { createWrites } from '../../../shared/store/resources/resource-writes';
import type { Table } from '../../../shared/store/table/table';
import type { Write } from '../../../shared/store/table/write';
import { systemTable } from '../consistency/domain-data';
import { withoutLimits } from './seed-items';
import { PRODUCT_USER_SCHEMA } from '../scim/product';

/** A user needs four writes, and a transaction has at most 100. */
const USERS_PER_TRANSACTION = 25;
const CONCURRENT_TRANSACTIONS = 4;
const AT = '2026-03-01T12:00:00.000Z';
const ACTOR = { kind: 'scimKey', keyId: 'seed' } as const;

/**
 * Writes inactive users to the table as the service would, because requests would take much longer. Returns
 * their ids.
 */
export async function seedUsers(domainId: string, count: number, ownTable?: Table): Promise<string[]> {
  const table = withoutLimits(ownTable ?? (await systemTable()));
  const ids = Array.from({ length: count }, newId);
  const chunks = Array.from({ length: Math.ceil(count / USERS_PER_TRANSACTION) }, (_, at) =>
    ids.slice(at * USERS_PER_TRANSACTION, (at + 1) * USERS_PER_TRANSACTION),
  );
  const worker = async (): Promise<void> => {
    for (let chunk = chunks.pop(); chunk; chunk = chunks.pop()) {
      await table.transact(chunk.flatMap((id) => userWrites(domainId, id)));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_TRANSACTIONS }, worker));
  // The transactions above share no item, so that none of them is canceled because of another.
  await withCounts(table, domainId, () => table.transact([countsWrite(domainId, { users: count })]));
  return ids;
}

function userWrites(domainId: string, id: string): Write[] {
  const userName = `${id}@example.com`;
  const attributes = {
    userName,
    active: false,
    emails: [{ value: userName, type: 'work', primary: true }],
    [PRODUCT_USER_SCHEMA]: { nrUserType: 'Basic User' },
  };
  const record = { id, attributes, version: 1, created: AT, lastModified: AT, groupIds: [], memberCount: 0 };
  const holder = { email: userName, userName, userType: 'Basic User' } as const;
  const event = { id: newId(), at: AT, action: 'user.created', resourceId: id } as const;
  return [
    ...createWrites(domainId, 'USER', record),
    licenseWrite({
      domainId,
      userId: id,
      audit: { at: AT, actor: ACTOR },
      holder,
      change: { status: 'inactive' },
    }),
    auditWrite(domainId, { ...event, requestId: 'seed', actor: ACTOR }, 365),
  ];
}
