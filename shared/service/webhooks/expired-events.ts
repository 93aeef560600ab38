import { EVENT_RETENTION_DAYS } from '../../store/events/event-feed';
import type { SkippedEvents, TimeRange, WebhookState } from '../../store/webhooks/webhook-progress';

const HOUR_MS = 3_600_000;
const RETENTION_MS = EVENT_RETENTION_DAYS * 24 * HOUR_MS;

/** The part of a state that tells which events were not delivered. */
export type UndeliveredTimes = Pick<
  WebhookState,
  'positionAt' | 'waitingFrom' | 'givenUp' | 'acknowledgedUntil' | 'deliveredAt' | 'skipped'
>;

/** Returns the time before which all events have expired. */
export const expiryTime = (now: Date): string => new Date(now.getTime() - RETENTION_MS).toISOString();

/** Returns the hour that contains a time. Its end is the beginning of the next one. */
export function hourOf(time: string): TimeRange {
  const start = Math.floor(Date.parse(time) / HOUR_MS) * HOUR_MS;
  return { from: new Date(start).toISOString(), until: new Date(start + HOUR_MS).toISOString() };
}

const earlier = (one: string, other: string): string => (one < other ? one : other);

/**
 * Returns the times of events that have expired although the receiver does not have them: deferred events of
 * a subscription that was paused, dead letters that nobody replayed, and events that nobody polled. Undefined
 * if there are none.
 */
export function expiredEvents(
  { positionAt, waitingFrom, givenUp, acknowledgedUntil, deliveredAt }: UndeliveredTimes,
  now: Date,
): TimeRange | undefined {
  const end = expiryTime(now);
  const ranges: TimeRange[] = [
    ...(waitingFrom === undefined ? [] : [{ from: waitingFrom, until: positionAt ?? end }]),
    ...(givenUp ? [givenUp] : []),
    // A receiver that polls again needs nothing that was acknowledged.
    ...(acknowledgedUntil !== undefined && deliveredAt !== undefined && acknowledgedUntil < deliveredAt
      ? [{ from: acknowledgedUntil, until: deliveredAt }]
      : []),
  ];
  return joined(
    ranges.filter(({ from }) => from < end).map(({ from, until }) => ({ from, until: earlier(until, end) })),
  );
}

/**
 * Returns the times of events that a feed lacks between an event at `from` and the next one, if there is one.
 * They have expired, or they were undone when the table was restored.
 */
export function lostRange(from: string, next: string | undefined, now: Date): TimeRange {
  const end = expiryTime(now);
  return { from, until: from < end ? end : (next ?? now.toISOString()) };
}

/**
 * Returns the events that a subscription has lost, also those that no run has noticed yet. Undefined if there
 * are none.
 */
export function skippedEvents(state: UndeliveredTimes, now: Date): SkippedEvents | undefined {
  const { skipped } = state;
  const expired = expiredEvents(state, now);
  if (!expired || (skipped && contains(skipped, expired))) return skipped;
  const all = joined([expired, ...(skipped ? [skipped] : [])]);
  return all && { ...all, at: now.toISOString() };
}

/** Returns whether a time range contains another one. */
export const contains = (outer: TimeRange, inner: TimeRange): boolean =>
  outer.from <= inner.from && outer.until >= inner.until;

/** Returns the range from the first to the last of the times; undefined if there are none. */
function joined(ranges: readonly TimeRange[]): TimeRange | undefined {
  const [from] = ranges.map((range) => range.from).sort();
  const until = ranges
    .map((range) => range.until)
    .sort()
    .at(-1);
  return from === undefined || until === undefined ? undefined : { from, until };
}
