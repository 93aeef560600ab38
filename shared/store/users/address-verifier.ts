import { addressesOf } from '../../scim/addresses';
import { nameKeyOf } from '../../scim/text/name-key';
import type { AuditEvent } from '../audit/audit';
import { readAuditEvent } from '../audit/read-audit-event';
import { addressItemKeys } from '../resources/address-items';
import type { ResourceRecord } from '../resources/resource-record';
import { ResourceStore } from '../resources/resource-store';
import { addressIndexPartition, addressKey } from '../table/address-keys';
import { auditPartition, isKeyText, type ItemKey, resourceKey } from '../table/keys';
import { type Item, keyOf } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_IS_ABSENT, type Write } from '../table/write';

export interface VerifiedAddresses {
  /** Items that find a user who does not have the address. */
  readonly stale: number;
  readonly deleted: number;
  /** The audit event after which the next page begins; absent at the end. */
  readonly next?: string;
}

/**
 * Finds the address items of a domain that no user has anymore. A version that does not know these items
 * leaves them behind when it changes or deletes a user. Their keys are not listed anywhere, so the audit log
 * shows which addresses users had.
 */
export class AddressVerifier {
  private readonly users: ResourceStore;

  /** `audit` returns the write of the audit event of a repair. */
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly audit: (id: string, address: string) => readonly Write[],
  ) {
    this.users = new ResourceStore(table, domainId, 'USER');
  }

  /** Verifies the items of the addresses in at most `limit` events after the event `after`. */
  async page(limit: number, repair: boolean, after?: string): Promise<VerifiedAddresses> {
    const pk = auditPartition(this.domainId);
    const page = await this.table.query({
      pk,
      limit,
      ...(after !== undefined && { after: { pk, sk: after } }),
    });
    const keys = [
      ...(after === undefined ? await this.unindexedKeys() : []),
      ...page.items.filter(isOfUser).flatMap((item) => this.keysIn(readAuditEvent(item))),
    ];
    const stale = await this.staleAmong(keys);
    let deleted = 0;
    if (repair) for (const item of stale) if (await this.delete(item)) deleted++;
    return { stale: stale.length, deleted, ...(page.next && { next: page.next.sk }) };
  }

  /** Returns the keys of users with so many addresses that each lookup examines them. */
  private async unindexedKeys(): Promise<ItemKey[]> {
    const keys: ItemKey[] = [];
    for await (const items of this.table.pages({ pk: addressIndexPartition(this.domainId) }))
      keys.push(...items.map(keyOf).filter(({ sk }) => !sk.startsWith('#')));
    return keys;
  }

  /**
   * Returns the keys of the items that an event may have made stale: a user lost an address, or became named
   * like it.
   */
  private keysIn({ resourceId, changes }: AuditEvent): ItemKey[] {
    const addresses = changes?.flatMap(({ attribute, before, after }) => {
      if (attribute === 'emails') return before === undefined ? [] : addressesOf({ emails: before });
      return attribute === 'userName' && typeof after === 'string' ? [after] : [];
    });
    return [...new Set(addresses?.map(nameKeyOf))]
      .filter(isKeyText)
      .map((key) => addressKey(this.domainId, key, resourceId));
  }

  private async staleAmong(keys: readonly ItemKey[]): Promise<StaleItem[]> {
    const items = await this.existingAmong(keys);
    const ids = [...new Set(items.map(({ sk }) => sk))];
    const users = new Map((await this.users.getMany(ids)).map((user) => [user.id, user]));
    const suspects = items
      .map((key) => ({ key, user: users.get(key.sk) }))
      .filter(
        ({ key, user }) => !user || !addressItemKeys(this.domainId, user).some(({ pk }) => pk === key.pk),
      );
    // The user may have lost the address after the item was read, and then the item is gone.
    const remaining = new Set((await this.existingAmong(suspects.map(({ key }) => key))).map(textOf));
    return suspects.filter(({ key }) => remaining.has(textOf(key)));
  }

  private async existingAmong(keys: readonly ItemKey[]): Promise<ItemKey[]> {
    const unique = new Map(keys.map((key) => [textOf(key), key]));
    return (await this.table.getAll([...unique.values()])).map(keyOf);
  }

  /** Returns false if the user has changed. */
  private async delete({ key, user }: StaleItem): Promise<boolean> {
    const condition = user
      ? { expression: '#version = :version', values: { version: user.version } }
      : ITEM_IS_ABSENT;
    const failed = await this.table.tryTransact([
      { check: resourceKey(this.domainId, 'USER', key.sk), condition },
      { delete: key },
      ...this.audit(key.sk, key.pk),
    ]);
    return failed.length === 0;
  }
}

/** An item, and the user whom it finds without having the address; undefined if there is no such user. */
interface StaleItem {
  readonly key: ItemKey;
  readonly user?: ResourceRecord;
}

/** A newer version may have written actions that this one does not know. */
const isOfUser = ({ action }: Item): boolean => typeof action === 'string' && action.startsWith('user.');

const textOf = ({ pk, sk }: ItemKey): string => JSON.stringify([pk, sk]);
