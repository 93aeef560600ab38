import type { EventType } from '../../events/event-types';
import type { DeferredEvent } from '../../store/webhooks/undelivered';
import type { WebhookLease } from '../../store/webhooks/webhook-state';
import type { WebhookState } from '../../store/webhooks/webhook-progress';
import { NO_RESULT, type SendResult } from '../webhooks/channel';
import { afterFailure, afterSuccess, isDown, paused } from '../webhooks/endpoint-health';
import { batchOf } from './batch';
import type { FeedEvent } from './event-feed';
import { lostRange } from '../webhooks/expired-events';
import { isWindowOver, retryDelay, retryUntil } from '../webhooks/retry-schedule';
import { deferredOf, logEntry, summaryOf } from './log-entry';
import { RunLease } from './run-lease';
import type { RunEnd, RunResult, WebhookRunParts } from './run-parts';
import { LossNotes } from './loss-notes';
import { UndeliveredQueue } from './undelivered-queue';

/** The events that a run reads from the feed at a time. */
const PAGE_SIZE = 25;
/** If so many events are deferred, those behind them wait, in the table or in the feed. */
const MAX_DEFERRED = 500;
/**
 * The number of events in a row, each refused with a response, after which the target counts as accepting
 * none.
 */
const MAX_FAILURES = 5;

/** Delivers the events of a feed to one subscription, until nothing is due or the time is up. */
export const runWebhook = (lease: WebhookLease, parts: WebhookRunParts): Promise<RunResult> =>
  new WebhookRun(lease, parts).run();

class WebhookRun {
  private readonly queue = new UndeliveredQueue();
  private readonly losses: LossNotes;
  private page: FeedEvent[] = [];
  private readonly runLease: RunLease;
  private state: WebhookState;
  /** The attempts to find out whether the endpoint works again. */
  private probes = 0;

  constructor(
    private readonly lease: WebhookLease,
    private readonly parts: WebhookRunParts,
  ) {
    this.state = lease.state;
    this.losses = new LossNotes(parts);
    this.runLease = new RunLease(lease, parts);
  }

  async run(): Promise<RunResult> {
    const { target, isTimeUp } = this.parts;
    await this.loadDeferred();
    this.set(await this.losses.atStart(this.state));
    if (this.state.position === undefined) this.set({ position: target.startPosition });
    if (this.lease.retries > this.state.retriesSeen) this.queue.recover();
    this.set({ retriesSeen: this.lease.retries });
    for (;;) {
      if (isTimeUp()) return this.result('unfinished');
      if (!(await this.runLease.save(this.state))) return this.result('lost');
      if (isDown(this.state, this.parts.now())) return this.result('parked');
      if (await this.tryNext()) continue;
      // The feed may have more events than there was time to look at.
      if (isTimeUp()) return this.result('unfinished');
      if (this.queue.mustLoadMore) await this.loadDeferred();
      else if (this.isProbing && this.probes > 0) await this.pause();
      else return this.result(this.queue.size > 0 ? 'parked' : 'idle');
    }
  }

  /**
   * Reads the first deferred events. An administrator may replay more dead letters than a run keeps in
   * memory.
   */
  private async loadDeferred(): Promise<void> {
    const { undelivered, target } = this.parts;
    this.queue.load(await undelivered.deferred(target.ref, MAX_DEFERRED), MAX_DEFERRED);
  }

  /** True after a pause, until the endpoint has accepted an event. */
  private get isProbing(): boolean {
    return this.state.pausedUntil !== undefined;
  }

  /** Tries the next event. Returns false if none is due. */
  private async tryNext(): Promise<boolean> {
    const deferred = this.isProbing
      ? this.probes === 0 && this.queue.probe()
      : this.queue.due(this.parts.now());
    if (deferred) {
      const event = await this.parts.target.feed.at(deferred.position);
      const isWanted = this.parts.target.accepts(deferred.type as EventType);
      if (event && isWanted) await this.attempt([event], deferred);
      else {
        if (isWanted)
          this.set(await this.losses.skip(this.state, { from: deferred.time, until: deferred.time }));
        await this.settle(deferred);
      }
      return true;
    }
    const event = await this.nextOfFeed();
    if (!event) return false;
    await this.attempt(this.isProbing ? [event] : batchOf(this.page, this.parts.target, this.queue));
    return true;
  }

  /** Returns the next event that may be tried, and passes those that may not. */
  private async nextOfFeed(): Promise<FeedEvent | undefined> {
    const { target, isTimeUp } = this.parts;
    for (;;) {
      if (isTimeUp() || this.queue.hasMore || this.queue.size >= MAX_DEFERRED) return undefined;
      const event = await this.first();
      if (!event) return undefined;
      const isBlocked = this.queue.blocks(event.subject) && !this.queue.has(event.position);
      if (target.accepts(event.type) && !this.queue.has(event.position) && !isBlocked) return event;
      if (target.accepts(event.type) && isBlocked) await this.defer(event, { attempts: 0 });
      this.pass(event);
    }
  }

  /** Returns the first event of the feed that is not passed. Notes if events before it have expired. */
  private async first(): Promise<FeedEvent | undefined> {
    if (this.page.length > 0) return this.page[0];
    const { target, now } = this.parts;
    const { events, expiredUpTo } = await target.feed.read(this.state.position ?? 0, PAGE_SIZE);
    this.page = [...events];
    if (expiredUpTo !== undefined) {
      const range = lostRange(this.state.positionAt ?? target.createdAt, events[0]?.time, now());
      this.set(await this.losses.skip(this.state, range));
      this.set({ position: expiredUpTo, positionAt: range.until });
    }
    return this.page[0];
  }

  private async attempt(events: readonly FeedEvent[], deferred?: DeferredEvent): Promise<void> {
    const { target, now, log, onAttempt } = this.parts;
    // Many events may have been passed since the last save.
    if (!(await this.runLease.save(this.state))) return;
    if (this.isProbing) this.probes++;
    for (const { position } of events) this.queue.markTried(position);
    const at = now().toISOString();
    const results = await target.channel.deliver(events);
    const attempts = (deferred?.attempts ?? 0) + 1;
    const tried = events.map((event, index) => {
      const result = results[index] ?? NO_RESULT;
      return { event, result, entry: logEntry(event, { at, attempt: attempts }, result) };
    });
    await Promise.all(tried.map(({ entry }) => log.add(target.ref, entry)));
    for (const { event, result, entry } of tried) {
      onAttempt(target.ref, event, entry);
      if (result.delivered) await this.succeed(result, deferred);
      else await this.fail(event, result, { ...deferred, attempts });
    }
    const last = events.at(-1);
    if (!deferred && last) this.pass(last);
    const failed = tried.filter(({ result }) => !result.delivered && !result.isFinal);
    const failure = failed.at(-1)?.result;
    if (failure && this.mustPause(failed)) await this.pause(failure);
  }

  /** Returns whether failures mean that the target accepts nothing at all. */
  private mustPause(failed: readonly { readonly result: SendResult }[]): boolean {
    const isStillDown = failed.some(({ result }) => result.isDown === true) || this.probes > 1;
    return isStillDown || (!this.isProbing && this.state.failures >= MAX_FAILURES);
  }

  private async succeed(result: SendResult, deferred: DeferredEvent | undefined): Promise<void> {
    if (this.isProbing) this.queue.recover();
    this.probes = 0;
    this.set(afterSuccess(this.state, result, this.parts.now()));
    if (deferred) await this.settle(deferred);
  }

  private async fail(
    event: FeedEvent,
    result: SendResult,
    { attempts, retryUntil }: Pick<DeferredEvent, 'attempts' | 'retryUntil'>,
  ): Promise<void> {
    const { now, random } = this.parts;
    if (result.isFinal) return this.giveUp({ ...summaryOf(event), attempts, error: result.error });
    this.set(afterFailure(this.state, result, attempts === 1, now()));
    const nextAttemptAt = new Date(now().getTime() + retryDelay(attempts, random(), result.retryAfterMs));
    await this.defer(event, {
      attempts,
      retryUntil,
      error: result.error,
      nextAttemptAt: nextAttemptAt.toISOString(),
    });
  }

  /** Defers an event, or gives it up if its time is over. */
  private async defer(
    event: FeedEvent,
    { retryUntil = this.retryUntil(event), ...attempt }: Partial<DeferredEvent>,
  ): Promise<void> {
    const deferred = deferredOf(event, { retryUntil, ...attempt });
    if (deferred.attempts > 0 && retryUntil <= this.parts.now().toISOString()) return this.giveUp(deferred);
    await this.parts.undelivered.defer(this.parts.target.ref, deferred);
    this.queue.set(deferred);
  }

  private retryUntil({ time }: FeedEvent): string {
    return retryUntil(time, this.state.failingSince, this.parts.now());
  }

  /** Leaves the endpoint alone for a while, and gives up what has waited too long for it. */
  private async pause({ retryAfterMs }: Pick<SendResult, 'retryAfterMs'> = {}): Promise<void> {
    const { now, random, isTimeUp } = this.parts;
    const delay = retryDelay(this.state.pauses + 1, random(), retryAfterMs);
    this.set(paused(this.state, new Date(now().getTime() + delay)));
    for (const event of this.queue.expired(now())) await this.giveUp(event);
    for (;;) {
      const { failingSince } = this.state;
      if (isTimeUp() || !failingSince || !isWindowOver(failingSince, now())) return;
      const event = await this.first();
      if (!event || this.retryUntil(event) > now().toISOString()) return;
      const isWanted = this.parts.target.accepts(event.type) && !this.queue.has(event.position);
      if (isWanted) await this.giveUp({ ...summaryOf(event), attempts: 0 });
      this.pass(event);
    }
  }

  private async giveUp({ retryUntil: _, nextAttemptAt: __, ...event }: DeferredEvent): Promise<void> {
    await this.losses.giveUp(event, event.error ?? this.state.lastError);
    this.queue.remove(event);
  }

  private async settle(deferred: DeferredEvent): Promise<void> {
    await this.parts.undelivered.settle(this.parts.target.ref, deferred.position);
    this.queue.remove(deferred);
  }

  /** Notes that everything up to an event is delivered, or tried again later. */
  private pass({ position, time }: FeedEvent): void {
    this.page = this.page.filter((event) => event.position > position);
    this.set({ position, positionAt: time });
  }

  private set(changes: Partial<WebhookState>): void {
    this.state = { ...this.state, ...changes };
  }

  private result(end: RunEnd): RunResult {
    const now = this.parts.now();
    const next = isDown(this.state, now) ? this.state.pausedUntil : this.queue.nextAttemptAt(now);
    const waitingFrom = this.queue.oldestEventAt();
    const oldestEventAt = [waitingFrom, this.page[0]?.time].filter((at) => at !== undefined).sort()[0];
    const state = { ...this.state, waitingFrom, parkedUntil: end === 'parked' ? next : undefined };
    return { end, lease: { ...this.lease, state }, ...(oldestEventAt !== undefined && { oldestEventAt }) };
  }
}
