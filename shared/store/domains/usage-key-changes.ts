import { newId } from '../../id';
import { USAGE_KEY_CHANGES_PARTITION, usageKeyChangeKey } from '../table/keys';
import { text } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_EXISTS, type Write } from '../table/write';

/** A change that creates or deletes usage keys of a domain, and has not ended. */
export interface UsageKeyChange {
  readonly domainId: string;
  readonly changeId: string;
}

/** The change has not been given up. */
const IS_OPEN = { expression: 'attribute_exists(pk) AND attribute_not_exists(abandonedAt)' };

/**
 * The changes of usage keys that have begun. API Gateway and the table have no common transaction. So each
 * change is written down before its first call of API Gateway, and a sweep cleans up after changes that did
 * not end.
 */
export class UsageKeyChanges {
  constructor(private readonly table: Table) {}

  /** `name` is the name of the domain, which tells operators what was interrupted. */
  async begin(domainId: string, name: string, now: Date): Promise<UsageKeyChange> {
    const change = { domainId, changeId: newId() };
    await this.table.put({ ...keyOf(change), name, startedAt: now.toISOString() });
    return change;
  }

  async end(change: UsageKeyChange): Promise<void> {
    await this.table.delete(keyOf(change));
  }

  /** Makes sure that the domain's transaction fails if the sweep has given up the change meanwhile. */
  openCheck(change: UsageKeyChange, conditionError: () => Error): Write {
    return { check: keyOf(change), condition: IS_OPEN, conditionError };
  }

  /** Prevents the transaction of a change from now on. Does nothing if the change has ended meanwhile. */
  async abandon(change: UsageKeyChange, now: Date): Promise<void> {
    const changes = { set: { abandonedAt: now.toISOString() } };
    await this.table.update(keyOf(change), changes, { condition: ITEM_EXISTS });
  }

  /** Returns the changes that began before a time. */
  async startedBefore(before: Date): Promise<UsageKeyChange[]> {
    const condition = { expression: 'startedAt < :before', values: { before: before.toISOString() } };
    const changes: UsageKeyChange[] = [];
    const pages = this.table.pages({
      pk: USAGE_KEY_CHANGES_PARTITION,
      filter: condition,
      attributes: ['sk'],
    });
    for await (const items of pages) changes.push(...items.map((item) => readChange(text(item, 'sk'))));
    return changes;
  }

  /** Returns the changes of a domain. */
  async ofDomain(domainId: string): Promise<UsageKeyChange[]> {
    const sortKey = { beginsWith: `${domainId}#` };
    const { items } = await this.table.query({ pk: USAGE_KEY_CHANGES_PARTITION, sortKey });
    return items.map((item) => readChange(text(item, 'sk')));
  }
}

const keyOf = ({ domainId, changeId }: UsageKeyChange) => usageKeyChangeKey(domainId, changeId);

function readChange(sortKey: string): UsageKeyChange {
  const [domainId = '', changeId = ''] = sortKey.split('#');
  return { domainId, changeId };
}
