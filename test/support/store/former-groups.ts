import { newId } from '../../../shared/id';
import { nameKeyOf } from '../../../shared/scim/text/name-key';
import { auditWrite, type AuditAction, type AuditEvent } from '../../../shared/store/audit/audit';
import { countsWrite } from '../../../shared/store/domains/counts-write';
import { claimKey, membershipKey, resourceKey } from '../../../shared/store/table/keys';
import { number, type Item } from '../../../shared/store/table/read-item';
import type { Table } from '../../../shared/store/table/table';
import { ITEM_EXISTS, ITEM_IS_ABSENT, type Write } from '../../../shared/store/table/write';
import { auditEvent, RETENTION_DAYS } from './records';

/** The members that fit into one transaction of the previous version. */
const MAX_MEMBERS = 47;

/** Members that join and leave. */
export interface FormerChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/**
 * Writes groups as the version before the heads did: the item has the whole version and all members, and each
 * change of members writes it. Its changes of members have no other condition than that the group exists.
 */
export class FormerGroups {
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
  ) {}

  /** Creates a group, and adds members in several transactions if there are many. Returns its id. */
  async create(displayName: string, members: readonly string[] = []): Promise<string> {
    const id = newId();
    const event = this.event('group.created', id, { add: members.slice(0, MAX_MEMBERS) });
    const nameKey = nameKeyOf(displayName);
    await this.table.transact([
      {
        put: {
          ...resourceKey(this.domainId, 'GROUP', id),
          ...{ nameKey, data: { displayName }, version: 1, created: event.at, lastModified: event.at },
          memberCount: Math.min(members.length, MAX_MEMBERS),
        },
        condition: ITEM_IS_ABSENT,
      },
      { put: { ...claimKey(this.domainId, 'GROUP', nameKey), ownerId: id }, condition: ITEM_IS_ABSENT },
      countsWrite(this.domainId, { groups: 1 }),
      auditWrite(this.domainId, event, RETENTION_DAYS),
      ...this.membershipWrites(id, { add: members.slice(0, MAX_MEMBERS) }, event.at),
    ]);
    for (let at = MAX_MEMBERS; at < members.length; at += MAX_MEMBERS)
      await this.change(id, { add: members.slice(at, at + MAX_MEMBERS) });
    return id;
  }

  /** Changes members, whatever the version of the group. */
  async change(id: string, change: FormerChange): Promise<void> {
    const event = this.event('group.updated', id, change);
    await this.table.transact([
      {
        update: this.key(id),
        set: { lastModified: event.at },
        add: { version: 1, memberCount: countOf(change) },
        condition: ITEM_EXISTS,
      },
      auditWrite(this.domainId, event, RETENTION_DAYS),
      ...this.membershipWrites(id, change, event.at),
    ]);
  }

  /** Reads the group, as each change of attributes does. */
  async read(id: string): Promise<Item> {
    const item = await this.table.get(this.key(id));
    if (!item) throw new Error(`There is no group ${id}.`);
    return item;
  }

  /**
   * Sets the attributes, and changes members, if the item still has the version of `before`. Returns false if
   * not. It knows neither heads nor tokens, so it checks nothing else.
   */
  async replace(
    before: Item,
    externalId: string,
    change: FormerChange = {},
    displayName?: string,
  ): Promise<boolean> {
    const id = String(before.sk);
    const event = this.event('group.updated', id, change);
    const version = number(before, 'version');
    const nameKey = displayName === undefined ? before.nameKey : nameKeyOf(displayName);
    const claims: Write[] =
      nameKey === before.nameKey
        ? []
        : [
            { delete: claimKey(this.domainId, 'GROUP', String(before.nameKey)) },
            {
              put: { ...claimKey(this.domainId, 'GROUP', String(nameKey)), ownerId: id },
              condition: ITEM_IS_ABSENT,
            },
          ];
    const failed = await this.table.tryTransact([
      {
        update: this.key(id),
        set: {
          ...{ nameKey, externalId, version: version + 1, lastModified: event.at },
          data: displayName === undefined ? before.data : { displayName },
          memberCount: number(before, 'memberCount') + countOf(change),
        },
        condition: { expression: '#version = :before', values: { before: version } },
      },
      auditWrite(this.domainId, event, RETENTION_DAYS),
      ...claims,
      ...this.membershipWrites(id, change, event.at),
    ]);
    return failed.length === 0;
  }

  /**
   * Deletes the group if the item still has the version of `before`. Returns false if not. The members stay.
   */
  async delete(before: Item): Promise<boolean> {
    const id = String(before.sk);
    const condition = { expression: '#version = :before', values: { before: number(before, 'version') } };
    const failed = await this.table.tryTransact([
      { delete: this.key(id), condition },
      { delete: claimKey(this.domainId, 'GROUP', String(before.nameKey)) },
      countsWrite(this.domainId, { groups: -1 }),
      auditWrite(this.domainId, this.event('group.deleted', id, {}), RETENTION_DAYS),
    ]);
    return failed.length === 0;
  }

  private key(id: string) {
    return resourceKey(this.domainId, 'GROUP', id);
  }

  private membershipWrites(id: string, { add = [], remove = [] }: FormerChange, at: string): Write[] {
    const groupIds = new Set([id]);
    const user = (userId: string) => ({
      update: resourceKey(this.domainId, 'USER', userId),
      set: { lastModified: at },
      condition: ITEM_EXISTS,
    });
    return [
      ...add.map((userId) => ({ ...user(userId), add: { groupIds, version: 1 } })),
      ...remove.map((userId) => ({ ...user(userId), add: { version: 1 }, deleteElements: { groupIds } })),
      ...add.map((userId) => ({
        put: { ...membershipKey(this.domainId, id, userId) },
        condition: ITEM_IS_ABSENT,
      })),
      ...remove.map((userId) => ({
        delete: membershipKey(this.domainId, id, userId),
        condition: ITEM_EXISTS,
      })),
    ];
  }

  private event(action: AuditAction, id: string, { add = [], remove = [] }: FormerChange): AuditEvent {
    return {
      ...auditEvent(action, id),
      at: new Date().toISOString(),
      changes: [{ attribute: 'members', before: [...remove], after: [...add] }],
    };
  }
}

const countOf = ({ add = [], remove = [] }: FormerChange): number => add.length - remove.length;
