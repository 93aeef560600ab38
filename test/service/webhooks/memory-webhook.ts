import type { EventType } from '../../../shared/events/event-types';
import type { DeliveryAttempt } from '../../../shared/store/webhooks/delivery-log';
import type { DeadLetter, DeferredEvent } from '../../../shared/store/webhooks/undelivered';
import type { WebhookLease } from '../../../shared/store/webhooks/webhook-state';
import type { SkippedEvents, WebhookState } from '../../../shared/store/webhooks/webhook-progress';
import type { FeedEvent, FeedPart } from '../../../shared/service/webhook-delivery/event-feed';
import type { RunResult } from '../../../shared/service/webhook-delivery/run-parts';
import { oneByOne, type Channel, type SendResult } from '../../../shared/service/webhooks/channel';
import { runWebhook } from '../../../shared/service/webhook-delivery/webhook-run';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const REF = { scope: 'domain-1', subscriptionId: 'webhook-1' };

/** A response of the endpoint in a test: a status, or a hanging connection. */
export type Response = number | 'hangs';

/** A webhook whose feed, table, endpoint, and clock are in memory. */
export class MemoryWebhook {
  /** Milliseconds since the epoch. */
  time = START;
  readonly events: FeedEvent[] = [];
  readonly deferred = new Map<number, DeferredEvent>();
  readonly dead = new Map<number, DeadLetter>();
  readonly log: DeliveryAttempt[] = [];
  /** The ids of the events that the endpoint accepted, in their order. */
  readonly accepted: string[] = [];
  state: WebhookState = { ...REF, failures: 0, pauses: 0, retriesSeen: 0, position: 0 };
  respond: (event: FeedEvent) => Response = () => 204;
  accepts: (type: string) => boolean = () => true;
  /** The losses that runs noticed. */
  readonly noticed: SkippedEvents[] = [];
  /** DynamoDB deletes expired items late. */
  keepsDeferred = false;
  /** The milliseconds after which a run has no time anymore. */
  budgetMs = 60_000;
  /** False after a change of the subscription has taken the lease. */
  hasLease = true;
  /** The number of times that an administrator asked to try everything at once. */
  retries = 0;
  /** @default requests with one event each */
  channel: Channel = oneByOne(({ id }) => Promise.resolve(this.send(id)));
  /** Called before each write, to simulate a crash. */
  beforeWrite: () => void = () => {};

  add(subject: string, type: EventType = 'user.changed'): FeedEvent {
    const position = this.events.length + 1;
    const id = `${subject}-${position}`;
    const event = {
      ...{ position, id, type, subject, time: this.now().toISOString(), changedAt: this.now().toISOString() },
      ttl: this.time / 1_000 + 30 * 86_400,
      body: Buffer.from(JSON.stringify({ id })),
    };
    this.events.push(event);
    return event;
  }

  now = (): Date => new Date(this.time);

  async run(): Promise<RunResult> {
    const end = this.time + this.budgetMs;
    const lease: WebhookLease = { owner: 'run', requests: 1, retries: this.retries, state: this.state };
    const result = await runWebhook(lease, {
      target: {
        ref: REF,
        createdAt: new Date(START).toISOString(),
        channel: this.channel,
        startPosition: 0,
        accepts: (type) => this.accepts(type),
        feed: {
          read: (after, limit) => Promise.resolve(this.read(after, limit)),
          at: (at) => Promise.resolve(this.kept().find(({ position }) => position === at)),
        },
      },
      undelivered: {
        deferred: (_, limit) =>
          Promise.resolve(
            [...this.deferred.values()]
              .filter(({ ttl }) => this.keepsDeferred || ttl * 1_000 > this.time)
              .sort((a, b) => a.position - b.position)
              .slice(0, limit),
          ),
        defer: (_, event) => this.write(() => this.deferred.set(event.position, event)),
        settle: (_, position) => this.write(() => this.deferred.delete(position)),
        giveUp: (_, letter) =>
          this.write(() => {
            this.dead.set(letter.position, letter);
            this.deferred.delete(letter.position);
          }),
      },
      states: {
        save: async ({ state }) => {
          if (this.hasLease) await this.write(() => this.store(state));
          return this.hasLease;
        },
      },
      lost: {
        skip: async (_, before, { from, until }) => {
          await this.write(() => {
            const earlier = before && before.from < from ? before.from : from;
            const later = before && before.until > until ? before.until : until;
            this.state = {
              ...this.state,
              skipped: { from: earlier, until: later, at: this.now().toISOString() },
            };
          });
          return this.state.skipped as SkippedEvents;
        },
        giveUp: (_, { from, until }) =>
          this.write(() => {
            const { givenUp } = this.state;
            const earlier = givenUp && givenUp.from < from ? givenUp.from : from;
            const later = givenUp && givenUp.until > until ? givenUp.until : until;
            this.state = { ...this.state, givenUp: { from: earlier, until: later } };
          }),
        forgetGivenUp: (_, { until }, before) =>
          this.write(() => {
            if (this.state.givenUp?.until !== until) return;
            this.state = {
              ...this.state,
              givenUp: before === undefined ? undefined : { from: before, until },
            };
          }),
      },
      log: {
        add: async (_, attempt) => {
          await this.write(() => this.log.push(attempt));
          return { id: String(this.log.length), ...attempt };
        },
      },
      now: this.now,
      random: () => 0,
      isTimeUp: () => this.time >= end,
      onAttempt: () => {},
      onDeadLetter: () => {},
      onSkipped: (_, skipped) => this.noticed.push(skipped),
    });
    this.store(result.lease.state);
    return result;
  }

  /** Stores what a run stores. Others store what events are lost. */
  private store(state: WebhookState): void {
    const { skipped, givenUp } = this.state;
    this.state = { ...state, skipped, givenUp };
  }

  private kept(): FeedEvent[] {
    return this.events.filter(({ ttl }) => ttl * 1_000 > this.time);
  }

  private read(after: number, limit: number): FeedPart {
    const events = this.kept().filter(({ position }) => position > after);
    const next = (events[0]?.position ?? this.events.length + 1) - 1;
    return { events: events.slice(0, limit), ...(next > after && { expiredUpTo: next }) };
  }

  /**
   * Runs as the schedule does, each time that something is due, until a time or until everything is settled.
   */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      const { end: how } = await this.run();
      const next = Date.parse(this.state.parkedUntil ?? '');
      if (how === 'idle' || (how === 'parked' && !(next <= end))) break;
      if (how === 'parked') this.time = Math.max(this.time, next);
    }
    this.time = Math.max(this.time, end);
  }

  private send(id: string): SendResult {
    const event = this.events.find((each) => each.id === id);
    if (!event) throw new Error(`There is no event ${id}.`);
    const response = this.respond(event);
    if (response === 'hangs') {
      this.time += 10_000;
      return { durationMs: 10_000, delivered: false, error: 'no response', isDown: true };
    }
    this.time += 10;
    const delivered = response < 300;
    if (delivered) this.accepted.push(id);
    return {
      durationMs: 10,
      delivered,
      status: response,
      ...(!delivered && { error: `status ${response}` }),
    };
  }

  private write(change: () => unknown): Promise<void> {
    this.beforeWrite();
    change();
    return Promise.resolve();
  }
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
