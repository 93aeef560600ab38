import {
  MAX_BYTES,
  MAX_ENTRIES,
  sizeOf,
  type BusEntry,
  type EntryResult,
  type PutEvents,
} from '../../event-bus/event-bus';
import { EVENT_SOURCE } from '../../events/event-source';
import { DEPLOYMENT } from '../../store/table/keys';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';
import type { Channel, OutgoingEvent, SendResult } from '../webhooks/channel';

/** The codes of entries that a later attempt cannot deliver either. */
const FINAL_CODES: ReadonlySet<string> = new Set(['InvalidArgument', 'MalformedDetail', 'RedactionFailure']);

export interface BusChannelParts {
  readonly putEvents: PutEvents;
  readonly now: () => Date;
}

/** Returns the channel of a subscription whose events go to the event bus of the deployment. */
export function busChannel(ref: SubscriptionRef, { putEvents, now }: BusChannelParts): Channel {
  const sizeOfAll = (events: readonly OutgoingEvent[]) =>
    events.reduce((sum, event) => sum + sizeOf(entryOf(ref, event)), 0);
  return {
    fits: (events) => events.length <= MAX_ENTRIES && sizeOfAll(events) <= MAX_BYTES,
    deliver: async (events) => {
      const bytes = sizeOfAll(events);
      if (bytes > MAX_BYTES) return events.map(() => tooLarge(bytes));
      const start = now().getTime();
      try {
        const results = await putEvents(events.map((event) => entryOf(ref, event)));
        const isAnyAccepted = results.some(({ errorCode }) => errorCode === undefined);
        const durationMs = now().getTime() - start;
        return events.map((_, at) => ({ durationMs, ...resultOf(results[at], isAnyAccepted) }));
      } catch (error) {
        const result = { durationMs: now().getTime() - start, delivered: false, isDown: true };
        return events.map(() => ({ ...result, error: problemOf(error) }));
      }
    },
  };
}

/** Returns the entry of an event. Its detail has the bytes that the feed returns. */
function entryOf(
  { scope, subscriptionId }: SubscriptionRef,
  { type, changedAt, body }: OutgoingEvent,
): BusEntry {
  const subscription = `subscriptions/${subscriptionId}`;
  return {
    source: EVENT_SOURCE,
    detailType: type,
    detail: body.toString(),
    resources: [scope === DEPLOYMENT ? subscription : `domains/${scope}/${subscription}`],
    time: new Date(changedAt),
  };
}

function resultOf(
  { errorCode, errorMessage = '' }: EntryResult = { errorCode: 'NoResult' },
  isAnyAccepted: boolean,
): Omit<SendResult, 'durationMs'> {
  if (errorCode === undefined) return { delivered: true };
  return {
    delivered: false,
    error: `The event bus did not accept the event (${errorCode}). ${errorMessage}`.trim(),
    isDown: !isAnyAccepted && !FINAL_CODES.has(errorCode),
    isFinal: FINAL_CODES.has(errorCode),
  };
}

const tooLarge = (bytes: number): SendResult => ({
  durationMs: 0,
  delivered: false,
  error:
    `The event has ${bytes} bytes, and EventBridge accepts at most ${MAX_BYTES}. Read it from the feed, or change the ` +
    'content of the subscription to notice and replay it.',
  isFinal: true,
});

/** The message of AWS can name an ARN, which is for operators only. */
function problemOf(error: unknown): string {
  const { name } = error as Error;
  return (
    `The event bus cannot be reached (${name}). The events wait. Ask the operator of the service to check the event bus ` +
    'of the deployment.'
  );
}
