import { auditWrite, type AuditEvent } from '../audit/audit';
import { readDomainItem, type Domain } from '../domains/domain-store';
import type { Condition } from '../table/expressions';
import {
  additionsKey,
  CONNECTION_PREFIX,
  connectionKey,
  CREDENTIAL_PREFIX,
  credentialKey,
  domainKey,
  domainPartition,
  type ItemKey,
} from '../table/keys';
import { text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS, ITEM_IS_ABSENT, type Write } from '../table/write';
import { type Additions, additionWrite, readAdditions } from './additions';
import { readConnection, type ConnectionRecord, type RolesConfirmation } from './connection';
import { credentialItem, readCredential, type Credential } from './credential';

/** The connections and credentials of a domain, oldest first, revoked ones included. */
export interface DomainConnections {
  /** Absent if the domain does not exist. */
  readonly domain?: Domain;
  readonly connections: readonly ConnectionRecord[];
  readonly credentials: readonly Credential[];
  /** Read before the others, so that a write can refuse what was added since. */
  readonly additions: Additions;
}

/** The number of further connections or credentials that the domain can have. */
export interface Room {
  readonly additions: Additions;
  readonly room: number;
}

/** A new credential of a connection. */
export interface AddedCredential {
  readonly before: ConnectionRecord;
  readonly credential: Credential;
  /** The trusts of the connection from now on. */
  readonly trustIds: readonly string[];
  readonly room: Room;
  readonly audit: AuditEvent;
}

/** `null` removes a confirmation. */
type Changes = Partial<Pick<ConnectionRecord, 'name' | 'identityProvider' | 'trustIds' | 'revokedAt'>> & {
  readonly administratorsFromRoles?: RolesConfirmation | null;
};

const IS_NOT_REVOKED: Condition = {
  expression: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)',
};

/** Reads a domain with its connections and credentials in one query. */
export async function readDomainConnections(table: Table, domainId: string): Promise<DomainConnections> {
  let domain: Domain | undefined;
  const connections: ConnectionRecord[] = [];
  const credentials: Credential[] = [];
  let additions: Item | undefined;
  for await (const items of table.pages({ pk: domainPartition(domainId) })) {
    for (const item of items) {
      const sk = text(item, 'sk');
      if (sk === domainKey(domainId).sk) domain = readDomainItem(item);
      else if (sk === additionsKey(domainId).sk) additions = item;
      else if (sk.startsWith(CONNECTION_PREFIX)) connections.push(readConnection(item));
      else if (sk.startsWith(CREDENTIAL_PREFIX)) credentials.push(readCredential(item));
    }
  }
  return { ...(domain && { domain }), connections, credentials, additions: readAdditions(additions) };
}

/**
 * The connections of all domains. Each change is one transaction with its audit events. It throws
 * `VersionConflict` if the connection, or the domain, is no longer as it was read.
 */
export class ConnectionStore {
  constructor(
    private readonly table: Table,
    private readonly auditRetentionDays: number,
  ) {}

  /** Reads a domain with its connections and credentials in one query. */
  readAll(domainId: string): Promise<DomainConnections> {
    return readDomainConnections(this.table, domainId);
  }

  /**
   * An eventually consistent read costs half a read unit, and may miss what was written in the last seconds.
   */
  async get(
    domainId: string,
    connectionId: string,
    options: { readonly eventuallyConsistent?: boolean } = {},
  ): Promise<ConnectionRecord | undefined> {
    const item = await this.table.get(connectionKey(domainId, connectionId), options);
    return item && readConnection(item);
  }

  /** Also throws `VersionConflict` if others have used up the room. */
  async create(domainId: string, connection: ConnectionRecord, room: Room, audit: AuditEvent): Promise<void> {
    const item = { ...connectionKey(domainId, connection.connectionId), ...connection };
    await this.add(domainId, 'connections', item, room, audit);
  }

  /** Changes a connection that is not revoked. */
  async change(
    domainId: string,
    before: ConnectionRecord,
    changes: Changes,
    audit: AuditEvent,
  ): Promise<void> {
    await this.transact(domainId, [audit], connectionWrites(domainId, before, changes));
  }

  /**
   * Creates a SCIM key that is a connection of its own. Also throws `VersionConflict` if others have used up
   * the room.
   */
  async createKey(domainId: string, key: Credential, room: Room, audit: AuditEvent): Promise<void> {
    const item = { ...credentialKey(domainId, key.keyId), ...credentialItem(key) };
    await this.add(domainId, 'credentials', item, room, audit);
  }

  /** Creates an item of a domain that exists and has room for it. */
  private async add(
    domainId: string,
    kind: keyof Additions,
    item: ItemKey & Item,
    { additions, room }: Room,
    audit: AuditEvent,
  ): Promise<void> {
    await this.transact(
      domainId,
      [audit],
      [
        { check: domainKey(domainId), condition: ITEM_EXISTS },
        { put: item, condition: ITEM_IS_ABSENT },
        additionWrite(domainId, kind, additions, room),
      ],
    );
  }

  /**
   * Adds a credential to a connection that is not revoked. Also throws `VersionConflict` if others have used
   * up the room.
   */
  async addCredential(
    domainId: string,
    { before, credential, trustIds, room: { additions, room }, audit }: AddedCredential,
  ): Promise<void> {
    await this.transact(
      domainId,
      [audit],
      [
        { check: domainKey(domainId), condition: ITEM_EXISTS },
        ...connectionWrites(domainId, before, { trustIds }),
        {
          put: { ...credentialKey(domainId, credential.keyId), ...credentialItem(credential) },
          condition: ITEM_IS_ABSENT,
        },
        additionWrite(domainId, 'credentials', additions, room),
      ],
    );
  }

  /**
   * Revokes a connection with `credentials`, which are all that are not revoked. `audits` have the time of
   * the revocation.
   */
  async revoke(
    domainId: string,
    before: ConnectionRecord,
    credentials: readonly Credential[],
    revokedAt: string,
    audits: readonly AuditEvent[],
  ): Promise<void> {
    const connection: Write[] =
      before.version === 0
        ? // It is revoked with its only credential, unless it has got another one.
          [{ check: connectionKey(domainId, before.connectionId), condition: ITEM_IS_ABSENT }]
        : connectionWrites(domainId, before, { revokedAt, trustIds: [] });
    await this.transact(domainId, audits, [
      ...connection,
      ...credentials.map(({ keyId }) => ({
        update: credentialKey(domainId, keyId),
        set: { revokedAt },
        condition: IS_NOT_REVOKED,
      })),
    ]);
  }

  private async transact(
    domainId: string,
    audits: readonly AuditEvent[],
    writes: readonly Write[],
  ): Promise<void> {
    const events = audits.map((audit) => auditWrite(domainId, audit, this.auditRetentionDays));
    const failed = await this.table.tryTransact([...writes, ...events]);
    if (failed.length > 0) throw new VersionConflict();
  }
}

/** Returns the writes of a change. A connection without an item gets one, if its SCIM key is not revoked. */
function connectionWrites(
  domainId: string,
  before: ConnectionRecord,
  { administratorsFromRoles, ...others }: Changes,
): Write[] {
  const { connectionId, version } = before;
  const key = connectionKey(domainId, connectionId);
  const changes = { ...others, ...(administratorsFromRoles && { administratorsFromRoles }) };
  if (version === 0)
    return [
      { check: credentialKey(domainId, connectionId), condition: IS_NOT_REVOKED },
      { put: { ...key, ...before, ...changes, version: 1 }, condition: ITEM_IS_ABSENT },
    ];
  return [
    {
      update: key,
      set: { ...changes, version: version + 1 },
      ...(administratorsFromRoles === null && { remove: ['administratorsFromRoles'] }),
      condition: {
        expression: `${IS_NOT_REVOKED.expression} AND #version = :before`,
        values: { before: version },
      },
    },
  ];
}
