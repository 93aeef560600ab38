import { setTimeout as sleep } from 'node:timers/promises';
import { DEPLOYMENT } from '../table/keys';
import { openTable } from '../table/table';
import { ConsumerStore, type Consumer } from './consumer-store';

/** The time for which a function relies on what it has read of the list, in milliseconds. */
export const CONSUMERS_CACHE_MS = 1_000;

/**
 * The content that the consumers of a domain's events want: ids only, or resources before and after a change.
 */
export type EventContent = 'notice' | 'full';

/** The consumers of changes at one time. */
export interface Consumers {
  readonly hasMappings: (domainId: string) => boolean;
  /** Returns the content that subscriptions of the domain itself want; undefined if there are none. */
  readonly eventsOf: (domainId: string) => EventContent | undefined;
  /** The content that subscriptions of the deployment want of all domains; undefined if there are none. */
  readonly eventsOfDeployment: EventContent | undefined;
  /** Returns whether a subscription of a scope may be one to which events are delivered. */
  readonly hasDeliveries: (scope: string) => boolean;
  /** The ids of the subscriptions of a scope. */
  readonly subscriptionsOf: (scope: string) => readonly string[];
}

export interface ChangeConsumersOptions {
  readonly store: Pick<ConsumerStore, 'version' | 'readAll'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Keeps the list of consumers. Reads its small state at most once a second, and the list only if it has
 * changed. So changes cost nothing more in a deployment without consumers.
 */
export class ChangeConsumers {
  private readAt = -Infinity;
  private version = 0;
  private known: Consumers = consumersIn([]);

  constructor(private readonly options: ChangeConsumersOptions) {}

  /** Returns the consumers as they were at most a second ago. */
  async current(): Promise<Consumers> {
    const { store, now } = this.options;
    const at = now();
    // A clock that was set back must not prolong the time.
    if (at >= this.readAt && at < this.readAt + CONSUMERS_CACHE_MS) return this.known;
    const version = await store.version();
    if (version !== this.version) {
      this.known = consumersIn(await store.readAll());
      this.version = version;
    }
    // What was written after the read began may be missing.
    this.readAt = at;
    return this.known;
  }
}

/** Opens the list in the table that the environment names. */
export const openConsumers = (): ChangeConsumers =>
  new ChangeConsumers({ store: new ConsumerStore(openTable()), now: Date.now });

/**
 * Waits until every dispatcher and every writer of a feed knows a consumer that was added. Call this before
 * you respond to the request that adds a consumer, so that no change after the response is missed.
 */
export const awaitDispatchers = (): Promise<void> => sleep(CONSUMERS_CACHE_MS + TIMER_TOLERANCE_MS);

/** Clocks of two machines may count milliseconds differently. */
const TIMER_TOLERANCE_MS = 50;

function consumersIn(consumers: readonly Consumer[]): Consumers {
  const mapped = new Set<string>();
  const contents = new Map<string, EventContent>();
  const delivered = new Set<string>();
  const subscriptions = new Map<string, string[]>();
  for (const { scope, kind, subscriptionId, full, pulls } of consumers) {
    if (kind === 'MAPPINGS') mapped.add(scope);
    if (subscriptionId === undefined) continue;
    if (full || !contents.has(scope)) contents.set(scope, full ? 'full' : 'notice');
    if (!pulls) delivered.add(scope);
    subscriptions.set(scope, [...(subscriptions.get(scope) ?? []), subscriptionId]);
  }
  return {
    hasMappings: (domainId) => mapped.has(domainId),
    eventsOf: (domainId) => contents.get(domainId),
    eventsOfDeployment: contents.get(DEPLOYMENT),
    hasDeliveries: (scope) => delivered.has(scope),
    subscriptionsOf: (scope) => subscriptions.get(scope) ?? [],
  };
}
