import { DELETED_DOMAINS_PARTITION, deletedDomainKey } from '../table/keys';
import { optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_EXISTS } from '../table/write';

/** A deleted domain. Times are RFC 3339, UTC. */
export interface DeletedDomain {
  readonly domainId: string;
  readonly name: string;
  readonly deletedAt: string;
  /** The time when the sweep deleted the last of its data; absent while the sweep runs. */
  readonly sweptAt?: string;
}

/** A deleted domain is listed for a month after its sweep. Its audit event is kept for longer. */
const RETENTION_SECONDS = 30 * 86_400;

/** The domains that are being deleted, or were deleted recently. */
export class DeletedDomains {
  constructor(private readonly table: Table) {}

  async get(domainId: string): Promise<DeletedDomain | undefined> {
    const item = await this.table.get(deletedDomainKey(domainId));
    return item && readDeletedDomain(item);
  }

  /** Returns at most `limit` domains after the id `after`, oldest first. `next` is absent at the end. */
  async page(limit: number, after?: string): Promise<{ domains: DeletedDomain[]; next?: string }> {
    const { items, next } = await this.table.query({
      pk: DELETED_DOMAINS_PARTITION,
      limit,
      ...(after !== undefined && { after: deletedDomainKey(after) }),
    });
    return { domains: items.map(readDeletedDomain), ...(next && { next: next.sk }) };
  }

  /**
   * Returns the domains that were deleted before `before` and swept, but whose leftovers were not swept yet.
   */
  async withLeftovers(before: Date): Promise<string[]> {
    const domainIds: string[] = [];
    const pages = this.table.pages({
      pk: DELETED_DOMAINS_PARTITION,
      filter: {
        expression:
          'attribute_exists(sweptAt) AND attribute_not_exists(leftoversSweptAt) AND deletedAt < :before',
        values: { before: before.toISOString() },
      },
      attributes: ['sk'],
    });
    for await (const items of pages) domainIds.push(...items.map((item) => text(item, 'sk')));
    return domainIds;
  }

  /** Records the sweep of what requests in progress left over. */
  async markLeftoversSwept(domainId: string, now: Date): Promise<void> {
    await this.table.update(
      deletedDomainKey(domainId),
      { set: { leftoversSweptAt: now.toISOString() } },
      { condition: ITEM_EXISTS },
    );
  }

  /** Records the end of a sweep. Does nothing if `DomainStore` did not delete the domain. */
  async markSwept(domainId: string, now: Date): Promise<void> {
    const ttl = Math.floor(now.getTime() / 1000) + RETENTION_SECONDS;
    await this.table.update(
      deletedDomainKey(domainId),
      { set: { sweptAt: now.toISOString(), ttl } },
      { condition: ITEM_EXISTS },
    );
  }
}

const readDeletedDomain = (item: Item): DeletedDomain => ({
  domainId: text(item, 'sk'),
  name: text(item, 'name'),
  deletedAt: text(item, 'deletedAt'),
  sweptAt: optionalText(item, 'sweptAt'),
});
