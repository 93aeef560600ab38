import { randomUUID } from 'node:crypto';
import { readMailProblem } from '../licenses/mail-problem';
import { licenseRecordKey } from '../table/keys';
import { suppressedUserKey, suppressedUserPrefix, suppressedUsersPartition } from '../table/mail-keys';
import { keyOf, optionalMap, optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import type { Write } from '../table/write';
import { addressKeyOf, addressKeysOf } from './address-key';

/** The users of a suppressed address that are read together. */
const PAGE_SIZE = 100;
const CONCURRENCY = 10;

/**
 * Returns the write that records that the license of a user has the problem of a suppressed address. The
 * address may have many users, so each one has an item, and the item of the address does not grow.
 */
export const suppressedUserWrite = (
  domainId: string,
  addressKey: string,
  userId: string,
  address: string,
): Write => ({
  update: suppressedUserKey(domainId, addressKey, userId),
  // The id lets `clear` notice that the user was added again.
  set: { userId, address, additionId: randomUUID() },
});

/** The users whose licenses record the problem of a suppressed address. */
export class SuppressedUsers {
  constructor(private readonly table: Table) {}

  /** Returns whether the license of a user records the problem with the address in this spelling. */
  async has(domainId: string, addressKey: string, userId: string, address: string): Promise<boolean> {
    const item = await this.table.get(suppressedUserKey(domainId, addressKey, userId));
    return item !== undefined && optionalText(item, 'address') === address;
  }

  /**
   * Removes the problem with an address from the licenses of its users and of `formerUserIds`, and then the
   * users, until `isTimeUp`. Another call continues, because it finds only the users who are left.
   */
  async clear(
    domainId: string,
    address: string,
    formerUserIds: readonly string[],
    isTimeUp: () => boolean,
  ): Promise<'none' | 'cleared' | 'unfinished'> {
    for (let at = 0; at < formerUserIds.length; at += PAGE_SIZE) {
      if (isTimeUp()) return 'unfinished';
      await this.clearProblems(domainId, formerUserIds.slice(at, at + PAGE_SIZE), address);
    }
    let found = false;
    for await (const users of this.pages(domainId, address)) {
      if (isTimeUp()) return 'unfinished';
      found = true;
      await this.clearProblems(
        domainId,
        users.map((user) => text(user, 'userId')),
        address,
      );
      await inParallel(users, (user) => this.remove(user));
    }
    return found ? 'cleared' : 'none';
  }

  /** Returns the users of an address, also those of a former key of the address. */
  private async *pages(domainId: string, address: string): AsyncGenerator<readonly Item[]> {
    const pk = suppressedUsersPartition(domainId);
    for (const key of addressKeysOf(address)) {
      const sortKey = { beginsWith: suppressedUserPrefix(key) };
      for await (const users of this.table.pages({ pk, sortKey, limit: PAGE_SIZE }))
        if (users.length > 0) yield users;
    }
  }

  /** A user whose email failed again since the item was read has a license with a problem, and stays. */
  private async remove(user: Item): Promise<void> {
    const additionId = text(user, 'additionId');
    await this.table.delete(keyOf(user), {
      condition: { expression: 'additionId = :additionId', values: { additionId } },
    });
  }

  /** The licenses may spell the address otherwise. Their problems with other addresses stay. */
  private async clearProblems(domainId: string, userIds: readonly string[], address: string): Promise<void> {
    const licenses = await this.table.getAll(userIds.map((userId) => licenseRecordKey(domainId, userId)));
    await inParallel(licenses, async (license) => {
      const stored = optionalMap(license, 'mailProblem', readMailProblem)?.address;
      if (stored === undefined || addressKeyOf(stored) !== addressKeyOf(address)) return;
      await this.table.update(
        keyOf(license),
        { remove: ['mailProblem'] },
        { condition: { expression: 'mailProblem.address = :address', values: { address: stored } } },
      );
    });
  }
}

async function inParallel<T>(values: readonly T[], act: (value: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < values.length; at += CONCURRENCY)
    await Promise.all(values.slice(at, at + CONCURRENCY).map(act));
}
