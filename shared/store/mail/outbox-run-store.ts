import { randomUUID } from 'node:crypto';
import { outboxRunKey } from '../table/mail-keys';
import { optionalNumber, optionalText, type Item } from '../table/read-item';
import type { Table } from '../table/table';

/**
 * The time after which another run may take over from a run that has died. A run renews its lease in time.
 */
export const RUN_LEASE_MS = 20_000;

/** A lease on the outbox. */
export interface RunLease {
  readonly owner: string;
  /** The number of requests for a run that this run has seen. */
  readonly requests: number;
  /** The time at which the outbox last settled an email; RFC 3339. */
  readonly settledAt?: string;
}

/**
 * Lets one run at a time send the emails of the outbox, so that they are sent in turn and at the rate of SES.
 */
export class OutboxRunStore {
  constructor(private readonly table: Table) {}

  /**
   * Requests a run. Returns the lease if no run is in progress. Otherwise, that run sees the request before
   * it ends, and starts over.
   */
  async request(now: Date): Promise<RunLease | undefined> {
    // A request that counts twice only makes the run start over once more.
    const { item } = await this.table.update(
      outboxRunKey,
      { add: { requests: 1 } },
      { returnItem: 'always', isRepeatable: true },
    );
    const until = item && optionalText(item, 'until');
    return until !== undefined && until > now.toISOString() ? undefined : this.acquire(now);
  }

  /** Extends the lease. Returns false if another run has it. */
  async renew({ owner }: RunLease, now: Date): Promise<boolean> {
    const { written } = await this.table.update(
      outboxRunKey,
      { set: { until: end(now) } },
      { condition: { expression: '#owner = :owner', values: { owner } } },
    );
    return written;
  }

  /**
   * Ends the run. Returns a new lease instead if another run was requested since the lease was taken. With
   * `force`, it ends the run in any case.
   */
  async release(
    lease: RunLease,
    settledAt: string | undefined,
    { force = false } = {},
  ): Promise<RunLease | undefined> {
    const { owner, requests } = lease;
    const unchanged = force ? '' : ' AND requests = :requests';
    const { written, item } = await this.table.update(
      outboxRunKey,
      { ...(settledAt !== undefined && { set: { settledAt } }), remove: ['owner', 'until'] },
      {
        condition: {
          expression: `#owner = :owner${unchanged}`,
          values: { owner, ...(!force && { requests }) },
        },
        returnItem: 'whenRefused',
      },
    );
    if (written || !item || optionalText(item, 'owner') !== owner) return undefined;
    return leaseOf(owner, item);
  }

  private async acquire(now: Date): Promise<RunLease | undefined> {
    const owner = randomUUID();
    const { written, item } = await this.table.update(
      outboxRunKey,
      { set: { owner, until: end(now) } },
      {
        condition: {
          expression: 'attribute_not_exists(#until) OR #until <= :now',
          values: { now: now.toISOString() },
        },
        returnItem: 'always',
      },
    );
    return written && item ? leaseOf(owner, item) : undefined;
  }
}

const end = (now: Date): string => new Date(now.getTime() + RUN_LEASE_MS).toISOString();

function leaseOf(owner: string, item: Item): RunLease {
  const settledAt = optionalText(item, 'settledAt');
  return { owner, requests: optionalNumber(item, 'requests') ?? 0, ...(settledAt && { settledAt }) };
}
