import { ResourceStore } from '../../../store/resources/resource-store';
import type { Table } from '../../../store/table/table';
import { readManagedUserIds } from '../../../store/users/managed-users';
import type { StoredConnection } from '../../connections/connection-view';
import { draftFinding, MAX_DETAILS, type FindingDraft } from '../finding';

/**
 * The largest number of users that is counted, so that the cost does not depend on the size of the domain.
 */
const MAX_COUNTED = 100;

/**
 * Reports the users whom administrators manage manually in a domain whose connections provision users. No
 * connection has taken them over, so the identity provider may not know of them, and does not deactivate
 * them.
 */
export async function checkManagedUsers(
  table: Table,
  domainId: string,
  connections: readonly StoredConnection[],
): Promise<FindingDraft[]> {
  const isUsed = connections.some(
    ({ record, credentials }) =>
      record.revokedAt === undefined && credentials.some(({ lastUsedAt }) => lastUsedAt !== undefined),
  );
  if (!isUsed) return [];
  const { ids, more } = await readManagedUserIds(table, domainId, MAX_COUNTED);
  if (ids.length === 0) return [];
  const users = await new ResourceStore(table, domainId, 'USER').getMany(ids.slice(0, MAX_DETAILS));
  return [
    draftFinding(
      'users-managed-by-hand',
      'info',
      { users: more ? MAX_COUNTED : ids.length, moreThan: more },
      users.map(({ id, attributes }) => ({ userId: id, userName: attributes.userName as string })),
    ),
  ];
}
