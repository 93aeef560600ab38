import { ConnectionStore } from '../../../shared/store/credentials/connection-store';
import type { Credential } from '../../../shared/store/credentials/credential';
import type { Table } from '../../../shared/store/table/table';
import { auditEvent, RETENTION_DAYS } from './records';

/** The room of a domain that never gets more credentials than it can have. */
const ROOM = { additions: { connections: 0, credentials: 0, setupLinks: 0 }, room: 100 };

/** Stores a SCIM key that is a connection of its own. */
export const storeKey = (table: Table, domainId: string, key: Credential): Promise<void> =>
  new ConnectionStore(table, RETENTION_DAYS).createKey(
    domainId,
    key,
    ROOM,
    auditEvent('key.created', key.keyId),
  );
