/** An event that leaves the service. */
export interface OutgoingEvent {
  /** It is the same for each attempt. */
  readonly id: string;
  readonly type: string;
  /** The kind and the id of what has changed, with a slash between. */
  readonly subject: string;
  /** The time of the change; RFC 3339. */
  readonly changedAt: string;
  /** The bytes that the feed returns. */
  readonly body: Buffer;
  /** The place in the feed; absent in a test event, which is in no feed. */
  readonly position?: number;
  /** The time at which the event was written; RFC 3339. Absent in a test event. */
  readonly time?: string;
  /** The time at which the feed drops the event, in seconds since the epoch. Absent in a test event. */
  readonly ttl?: number;
}

/** The result of an event at the target of a subscription. */
export interface SendResult {
  readonly durationMs: number;
  readonly delivered: boolean;
  /** The status of the response. Absent if there was none. */
  readonly status?: number;
  /** The reason why it was not delivered, and the remedy. */
  readonly error?: string;
  /** The failure is one of the target, so no other event can be delivered either. */
  readonly isDown?: boolean;
  /** The target can never accept this event, so it becomes a dead letter at once. */
  readonly isFinal?: boolean;
  /** The time for which the target asks not to be tried again. */
  readonly retryAfterMs?: number;
}

/** Delivers the events of one subscription to its target. */
export interface Channel {
  /**
   * Returns whether one request can deliver these events. The run adds event by event, each of another
   * subject, as long as they fit. A single event is always delivered, so its size is the matter of `deliver`.
   */
  readonly fits: (events: readonly OutgoingEvent[]) => boolean;
  /** Sends events once, and returns a result for each of them in their order. It never throws. */
  readonly deliver: (events: readonly OutgoingEvent[]) => Promise<readonly SendResult[]>;
}

/** The result of an event for which a channel returned none, against its contract. */
export const NO_RESULT: SendResult = { durationMs: 0, delivered: false, error: 'There was no result.' };

/** Returns a channel whose requests have one event each. `send` never throws. */
export const oneByOne = (send: (event: OutgoingEvent) => Promise<SendResult>): Channel => ({
  fits: (events) => events.length <= 1,
  deliver: (events) => Promise.all(events.map(send)),
});

/**
 * Returns the channel of a target that this deployment cannot reach. Its events wait, as for one that is
 * down.
 */
export const unavailable = (error: string): Channel =>
  oneByOne(() => Promise.resolve({ durationMs: 0, delivered: false, error, isDown: true }));
