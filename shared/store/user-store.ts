import { ScimError } from '../scim/error';
import { auditWrite, type AuditEvent } from './audit';
import { countsWrite } from './counts';
import { claimKey, nameKeyOf, resourceKey } from './keys';
import { licenseWrite, type LicenseChange, type LicenseHolder } from './license-write';
import { toItem, type ResourceRecord } from './resource-record';
import { ResourceStore } from './resource-store';
import type { Table } from './table';
import { transact, type Write } from './transaction';
import { VersionConflict } from './version-conflict';

/** What a change of a user brings with it, written in the same transaction. */
export interface UserChange {
  readonly audit: AuditEvent;
  /** What the license says of its holder, where that changed. */
  readonly holder?: LicenseHolder;
  /** The license's change of status, where there is one. */
  readonly license?: LicenseChange;
}

/** The users of one domain. A change is one transaction: user, name claim, license, counts and audit event. */
export class UserStore extends ResourceStore {
  constructor(
    table: Table,
    domainId: string,
    private readonly auditRetentionDays: number,
  ) {
    super(table, domainId, 'USER');
  }

  /** Throws 409 `uniqueness` where another user has the name. */
  async create(user: ResourceRecord, change: UserChange): Promise<void> {
    await transact(this.table, [
      { Put: { Item: toItem(this.domainId, 'USER', user), ConditionExpression: 'attribute_not_exists(pk)' } },
      this.claimName(user),
      ...this.effects(user.id, change, { users: 1 }),
    ]);
  }

  /**
   * Writes `after` over `before`, unless the user has changed since `before` was read: then throws `VersionConflict`.
   * Memberships are left as they are. Throws 409 `uniqueness` where another user has the new name.
   */
  async replace(before: ResourceRecord, after: ResourceRecord, change: UserChange): Promise<void> {
    const { data, nameKey, externalId, version, lastModified } = toItem(this.domainId, 'USER', after);
    const renamed = nameKey !== nameKeyOf(before.attributes.userName as string);
    await transact(this.table, [
      {
        Update: {
          Key: resourceKey(this.domainId, 'USER', after.id),
          UpdateExpression:
            'SET #data = :data, nameKey = :nameKey, version = :version, lastModified = :lastModified' +
            (externalId === undefined ? ' REMOVE externalId' : ', externalId = :externalId'),
          ConditionExpression: 'version = :before',
          ExpressionAttributeNames: { '#data': 'data' },
          ExpressionAttributeValues: {
            ':data': data,
            ':nameKey': nameKey,
            ':version': version,
            ':lastModified': lastModified,
            ':before': before.version,
            ...(externalId !== undefined && { ':externalId': externalId }),
          },
        },
        refusal: () => new VersionConflict(),
      },
      ...(renamed ? [this.claimName(after), this.freeName(before)] : []),
      ...this.effects(after.id, change, {}),
    ]);
  }

  /** Deletes the user, unless it has changed since `before` was read: then throws `VersionConflict`. */
  async delete(before: ResourceRecord, change: UserChange): Promise<void> {
    await transact(this.table, [
      {
        Delete: {
          Key: resourceKey(this.domainId, 'USER', before.id),
          ConditionExpression: 'version = :before',
          ExpressionAttributeValues: { ':before': before.version },
        },
        refusal: () => new VersionConflict(),
      },
      this.freeName(before),
      ...this.effects(before.id, change, { users: -1 }),
    ]);
  }

  private claimName({ id, attributes }: ResourceRecord): Write {
    const userName = attributes.userName as string;
    return {
      Put: {
        Item: { ...claimKey(this.domainId, 'USER', userName), ownerId: id },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
      refusal: () =>
        ScimError.uniqueness(
          `Another user has the userName "${userName}". Find it by a filter, or choose another name.`,
        ),
    };
  }

  private freeName({ id, attributes }: ResourceRecord): Write {
    return {
      Delete: {
        Key: claimKey(this.domainId, 'USER', attributes.userName as string),
        ConditionExpression: 'ownerId = :id',
        ExpressionAttributeValues: { ':id': id },
      },
      refusal: () => new VersionConflict(),
    };
  }

  private effects(id: string, { audit, holder, license }: UserChange, counts: { users?: number }): Write[] {
    const activeLicenses = license?.status === 'active' ? 1 : license?.changeId ? -1 : 0;
    const counted = Boolean(counts.users) || activeLicenses !== 0;
    return [
      ...(holder || license ? [licenseWrite(this.domainId, id, audit.at, holder, license)] : []),
      ...(counted ? [countsWrite(this.domainId, { ...counts, activeLicenses })] : []),
      auditWrite(this.domainId, audit, this.auditRetentionDays),
    ];
  }
}
