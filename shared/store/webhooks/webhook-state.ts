import { randomUUID } from 'node:crypto';
import { optionalNumber, optionalText, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import type { Write } from '../table/write';
import { webhookKey, webhookPartition, type SubscriptionRef } from './webhook-keys';
import { changesOf, readState, type WebhookState } from './webhook-progress';

/**
 * The time after which another run may take over from a run that has died. A run renews its lease in time.
 */
const WEBHOOK_LEASE_MS = 40_000;

/** A lease on the delivery of a webhook. */
export interface WebhookLease {
  readonly owner: string;
  /** The number of requests for a run that this run has seen. */
  readonly requests: number;
  /** The number of times that an administrator asked to try everything at once. */
  readonly retries: number;
  readonly state: WebhookState;
}

/** Lets one run at a time deliver to a webhook, and keeps how far it has come. */
export class WebhookStates {
  constructor(private readonly table: Table) {}

  async get(ref: SubscriptionRef): Promise<WebhookState | undefined> {
    const item = await this.table.get(webhookKey(ref));
    return item && readState(ref.scope, item);
  }

  /** Returns the states of all webhooks of a domain, or of the deployment, that were ever tried. */
  async all(scope: string): Promise<WebhookState[]> {
    const states: WebhookState[] = [];
    for await (const items of this.table.pages({ pk: webhookPartition(scope) }))
      states.push(...items.map((item) => readState(scope, item)));
    return states;
  }

  /**
   * Requests a run. Returns the lease if no run is in progress. Otherwise, that run sees the request before
   * it ends, and starts over.
   */
  async request(ref: SubscriptionRef, now: Date): Promise<WebhookLease | undefined> {
    // A request that counts twice only makes the run start over once more.
    const { item } = await this.table.update(
      webhookKey(ref),
      { add: { requests: 1 } },
      { returnItem: 'always', isRepeatable: true },
    );
    const until = item && optionalText(item, 'until');
    return until !== undefined && until > now.toISOString() ? undefined : this.acquire(ref, now);
  }

  /** Saves the state and extends the lease. Returns false if the run has lost it. */
  async save({ owner, state }: WebhookLease, now: Date): Promise<boolean> {
    const { written } = await this.table.update(
      webhookKey(state),
      { ...changesOf(state, { until: end(now) }) },
      { condition: { expression: '#owner = :owner', values: { owner } } },
    );
    return written;
  }

  /**
   * Saves the state and ends the run. Returns a new lease instead if another run was requested since the
   * lease was taken. With `force`, only a request to try everything at once counts: the endpoint cannot be
   * tried, or another run follows.
   */
  async release(lease: WebhookLease, { force = false } = {}): Promise<WebhookLease | undefined> {
    const { owner, requests, retries, state } = lease;
    const counter = force ? 'retries' : 'requests';
    const changes = changesOf(state);
    const { written, item } = await this.table.update(
      webhookKey(state),
      { ...changes, remove: [...changes.remove, 'owner', 'until'] },
      {
        condition: {
          expression: `#owner = :owner AND (attribute_not_exists(${counter}) OR ${counter} = :seen)`,
          values: { owner, seen: force ? retries : requests },
        },
        returnItem: 'whenRefused',
      },
    );
    if (written || !item || optionalText(item, 'owner') !== owner) return undefined;
    const next = leaseOf(owner, state, item);
    // The endpoint was left alone before the request to try it at once.
    return next.retries > retries ? { ...next, state: { ...state, pausedUntil: undefined } } : next;
  }

  /**
   * Ends a run that has failed, as it was last saved. Otherwise, no other run could begin before the end of
   * its lease.
   */
  async abandon({ owner, state }: WebhookLease): Promise<void> {
    await this.table.update(
      webhookKey(state),
      { remove: ['owner', 'until'] },
      { condition: { expression: '#owner = :owner', values: { owner } } },
    );
  }

  /**
   * Moves the position, and takes the lease from a run in progress. The next run delivers everything after
   * it, which was recorded at `positionAt` or later.
   */
  async moveTo(ref: SubscriptionRef, position: number, positionAt: string): Promise<void> {
    await this.table.update(webhookKey(ref), {
      set: { position, positionAt },
      remove: ['owner', 'until', 'pausedUntil'],
    });
  }

  /** Allows a test event at most once in `intervalMs`. Returns false if there was one a moment ago. */
  async claimTest(ref: SubscriptionRef, now: Date, intervalMs: number): Promise<boolean> {
    const { written } = await this.table.update(
      webhookKey(ref),
      { set: { testedAt: now.toISOString() } },
      {
        condition: {
          expression: 'attribute_not_exists(testedAt) OR testedAt <= :earlier',
          values: { earlier: new Date(now.getTime() - intervalMs).toISOString() },
        },
      },
    );
    return written;
  }

  /** Lets the next run try the endpoint, and all that is deferred, at once. */
  async retryNow(ref: SubscriptionRef): Promise<void> {
    await this.table.update(
      webhookKey(ref),
      { add: { retries: 1 }, remove: ['pausedUntil'] },
      { isRepeatable: true },
    );
  }

  /** Forgets the next attempt of a webhook that is paused, so that a run after its resumption finds none. */
  async unpark(ref: SubscriptionRef): Promise<void> {
    await this.table.update(
      webhookKey(ref),
      { remove: ['parkedUntil'] },
      { condition: { expression: 'attribute_exists(parkedUntil)' } },
    );
  }

  async delete(ref: SubscriptionRef): Promise<void> {
    await this.table.delete(webhookKey(ref));
  }

  private async acquire(ref: SubscriptionRef, now: Date): Promise<WebhookLease | undefined> {
    const owner = randomUUID();
    const { written, item } = await this.table.update(
      webhookKey(ref),
      { set: { owner, until: end(now) } },
      {
        condition: {
          expression: 'attribute_not_exists(#until) OR #until <= :now',
          values: { now: now.toISOString() },
        },
        returnItem: 'always',
      },
    );
    if (!written || !item) return undefined;
    return leaseOf(owner, readState(ref.scope, item), item);
  }
}

/**
 * Returns the write that takes the lease from a run in progress, because it delivers as the subscription was
 * before. The run ends when it next saves its state, and what it has not delivered waits for the next run.
 */
export const endRunWrite = (ref: SubscriptionRef): Write => ({
  update: webhookKey(ref),
  remove: ['owner', 'until'],
});

const leaseOf = (owner: string, state: WebhookState, item: Item): WebhookLease => ({
  owner,
  requests: optionalNumber(item, 'requests') ?? 0,
  retries: optionalNumber(item, 'retries') ?? 0,
  state,
});

const end = (now: Date): string => new Date(now.getTime() + WEBHOOK_LEASE_MS).toISOString();
