import { randomUUID } from 'node:crypto';
import { assertionUseKey } from '../table/keys';
import { number } from '../table/read-item';
import type { Table } from '../table/table';

/** A use of an assertion. */
export interface AssertionUse {
  /** A hash that only uses of the same assertion have. */
  readonly id: string;
  /** The time after which the assertion is not accepted anyway, in seconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * The assertions that were exchanged for a token. Each one can be used once by a connection, whichever trust
 * accepts it.
 */
export class AssertionUses {
  constructor(private readonly table: Table) {}

  /** Stores a use. Returns false if the assertion was used before. */
  async add(domainId: string, connectionId: string, use: AssertionUse, now: Date): Promise<boolean> {
    const { written } = await this.table.put(
      {
        ...assertionUseKey(domainId, connectionId, use.id),
        // Tells this use from another one if the response of the write is lost.
        useId: randomUUID(),
        usedAt: now.toISOString(),
        ttl: use.expiresAt,
      },
      // DynamoDB deletes expired items late.
      {
        condition: {
          expression: 'attribute_not_exists(pk) OR #ttl < :now',
          values: { now: Math.floor(now.getTime() / 1_000) },
        },
      },
    );
    return written;
  }

  /** Returns whether the assertion was not used before, and stores nothing. */
  async isNew(domainId: string, connectionId: string, use: AssertionUse, now: Date): Promise<boolean> {
    const item = await this.table.get(assertionUseKey(domainId, connectionId, use.id), {
      attributes: ['pk', 'sk', 'ttl'],
    });
    return item === undefined || number(item, 'ttl') < now.getTime() / 1_000;
  }
}
