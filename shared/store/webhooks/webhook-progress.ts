import { number, optionalNumber, optionalText, text, type Item } from '../table/read-item';
import type { SubscriptionRef } from './webhook-keys';

/** The latest responses of the endpoint of a webhook. */
export interface EndpointHealth {
  /** The events in a row whose first attempts failed. */
  readonly failures: number;
  /** The number of times in a row that the endpoint was left alone for a while. */
  readonly pauses: number;
  /** The time of the first failure in a row; RFC 3339. */
  readonly failingSince?: string;
  /** The endpoint is not tried before this time; RFC 3339. It is absent while the endpoint works. */
  readonly pausedUntil?: string;
  /** The time of the next attempt, if there is something to try again; RFC 3339. */
  readonly parkedUntil?: string;
  /**
   * The endpoint was slow, or did not respond. Until this time, its deliveries use the slow lane; RFC 3339.
   */
  readonly slowUntil?: string;
  /** The reason of the last failure. */
  readonly lastError?: string;
  /** The time of the last delivery; RFC 3339. */
  readonly deliveredAt?: string;
}

/** The times at which events were recorded; RFC 3339. */
export interface TimeRange {
  readonly from: string;
  readonly until: string;
}

/** Events that expired before they were delivered: some of those that were recorded in this time. */
export interface SkippedEvents extends TimeRange {
  /** The time at which the service noticed it; RFC 3339. */
  readonly at: string;
}

/** The progress of the deliveries to a webhook: everything up to `position` is delivered or deferred. */
export interface WebhookState extends SubscriptionRef, EndpointHealth {
  /** Absent if nothing was delivered yet. */
  readonly position?: number;
  /** The time of the event at `position`; RFC 3339. */
  readonly positionAt?: string;
  /** The time of the oldest event that is deferred; RFC 3339. */
  readonly waitingFrom?: string;
  /** The events that were given up, and not replayed. */
  readonly givenUp?: TimeRange;
  /** The receiver of polled events has acknowledged all that were recorded before this time; RFC 3339. */
  readonly acknowledgedUntil?: string;
  readonly skipped?: SkippedEvents;
  /** The `retries` of the last run. */
  readonly retriesSeen: number;
}

const HEALTH = [
  'failingSince',
  'pausedUntil',
  'parkedUntil',
  'slowUntil',
  'lastError',
  'deliveredAt',
] as const;

/** The other attributes that a run writes. Other writers own the attributes that a run only reads. */
const PROGRESS = ['positionAt', 'waitingFrom'] as const;

/** Returns the changes of the item that store a state, and `more` attributes. */
export function changesOf(state: WebhookState, more: Readonly<Record<string, string>> = {}) {
  const { position, failures, pauses, retriesSeen } = state;
  const names = [...HEALTH, ...PROGRESS];
  const texts = Object.fromEntries(names.map((name) => [name, state[name]]));
  return {
    set: { ...more, ...texts, failures, pauses, retriesSeen, position },
    remove: names.filter((name) => state[name] === undefined),
  };
}

/** Returns the state that an item of a scope holds. */
export function readState(scope: string, item: Item): WebhookState {
  const texts = [...HEALTH, ...PROGRESS, 'acknowledgedUntil' as const].flatMap((name) => {
    const value = optionalText(item, name);
    return value === undefined ? [] : [[name, value]];
  });
  const givenUp = readRange(item, 'givenUp');
  const skipped = readRange(item, 'skipped');
  return {
    scope,
    subscriptionId: text(item, 'sk'),
    ...(item.position !== undefined && { position: number(item, 'position') }),
    failures: optionalNumber(item, 'failures') ?? 0,
    pauses: optionalNumber(item, 'pauses') ?? 0,
    retriesSeen: optionalNumber(item, 'retriesSeen') ?? 0,
    ...(givenUp && { givenUp }),
    ...(skipped && { skipped: { ...skipped, at: text(item, 'skippedAt') } }),
    ...(Object.fromEntries(texts) as Partial<Record<(typeof HEALTH)[number], string>>),
  };
}

function readRange(item: Item, name: string): TimeRange | undefined {
  const from = optionalText(item, `${name}From`);
  const until = optionalText(item, `${name}Until`);
  return from === undefined || until === undefined ? undefined : { from, until };
}
