import { compareCodePoints } from '../../scim/text';
import { nameKeyOf } from '../../scim/text/name-key';
import {
  ADDRESS_INDEX_COMPLETE,
  ADDRESS_INDEX_REQUEST,
  addressIndexKey,
  addressIndexPartition,
  addressKey,
  addressPartition,
} from '../table/address-keys';
import { isKeyText } from '../table/keys';
import { optionalText, text } from '../table/read-item';
import { ResourceStore } from './resource-store';
import type { Table } from '../table/table';

/** A request for the indexing of a domain's addresses is repeated after this time. */
const REQUEST_AGAIN_MS = 3_600_000;

/** The state of the lookups by address in a domain. */
export interface AddressIndexState {
  /** False in a domain of an earlier version until the addresses of its users are indexed. */
  readonly isComplete: boolean;
  /** Users with so many addresses that each lookup examines them. */
  readonly unindexedIds: readonly string[];
  /** The time at which the indexing was requested, if it has not finished. RFC 3339, UTC. */
  readonly requestedAt?: string;
}

/** Finds the users of a domain by their email addresses. All reads are strongly consistent. */
export class AddressIndex {
  private readonly users: ResourceStore;

  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly now: () => Date,
  ) {
    this.users = new ResourceStore(table, domainId, 'USER');
  }

  /** Reads at most a few more than `limit` unindexed ids. */
  async readState(limit: number): Promise<AddressIndexState> {
    let isComplete = false;
    let requestedAt: string | undefined;
    const unindexedIds: string[] = [];
    for await (const items of this.table.pages({ pk: addressIndexPartition(this.domainId) })) {
      for (const item of items) {
        const sk = text(item, 'sk');
        if (sk === ADDRESS_INDEX_COMPLETE) isComplete = true;
        else if (sk === ADDRESS_INDEX_REQUEST) requestedAt = optionalText(item, 'requestedAt');
        else if (!sk.startsWith('#')) unindexedIds.push(sk);
      }
      if (unindexedIds.length >= limit) break;
    }
    return { isComplete, unindexedIds, requestedAt };
  }

  /**
   * Returns at most `limit` ids of users who may have the address. The claim of the name finds users whose
   * userName it is, and items find the others. While a user is renamed, one takes the place of the other: so
   * that one of the reads finds the user, the claim is read before the items and, if it did not exist, after
   * them.
   */
  async idsOf(address: string, limit: number): Promise<string[]> {
    const key = nameKeyOf(address);
    if (!isKeyText(key)) return [];
    const owner = await this.users.idOfName(address);
    const ids: string[] = [];
    for await (const items of this.table.pages({ pk: addressPartition(this.domainId, key) })) {
      ids.push(...items.map((item) => text(item, 'sk')));
      if (ids.length >= limit) break;
    }
    const owners = [owner ?? (await this.users.idOfName(address))].filter((id) => id !== undefined);
    return [...new Set([...owners, ...ids])].slice(0, limit);
  }

  /**
   * Returns at most `limit` ids of the same users in the order of ids, after the id `after`, and whether
   * others follow.
   */
  async page(address: string, limit: number, after?: string): Promise<{ ids: string[]; more: boolean }> {
    const key = nameKeyOf(address);
    if (!isKeyText(key)) return { ids: [], more: false };
    const owner = await this.users.idOfName(address);
    const { items, next } = await this.table.query({
      pk: addressPartition(this.domainId, key),
      limit,
      ...(after !== undefined && { after: addressKey(this.domainId, key, after) }),
    });
    const found = items.map((item) => text(item, 'sk'));
    const lateOwner = owner ?? (await this.users.idOfName(address));
    const isOnPage = (id: string): boolean =>
      (after === undefined || id > after) && (next === undefined || id < next.sk);
    const owners = lateOwner !== undefined && isOnPage(lateOwner) ? [lateOwner] : [];
    const ids = [...new Set([...owners, ...found])].sort(compareCodePoints);
    return { ids: ids.slice(0, limit), more: next !== undefined || ids.length > limit };
  }

  /** Requests that the sweep indexes the addresses of the domain, unless another request did so lately. */
  async requestIndexing({ requestedAt }: Pick<AddressIndexState, 'requestedAt'> = {}): Promise<void> {
    const now = this.now();
    const expired = new Date(now.getTime() - REQUEST_AGAIN_MS).toISOString();
    if (requestedAt !== undefined && requestedAt > expired) return;
    await this.table.put(
      { ...addressIndexKey(this.domainId, ADDRESS_INDEX_REQUEST), requestedAt: now.toISOString() },
      {
        condition: { expression: 'attribute_not_exists(pk) OR requestedAt <= :expired', values: { expired } },
      },
    );
  }
}
