import type { MetricStore } from '../../../cloud/metrics/metric-store';
import type { TimeRange } from '../time-series';
import type { Alarms, CompositeAlarm } from './from-template';
import { metricState } from './metric-state';
import type { AlarmState } from './rule';

const MINUTE_MS = 60_000;

/** A change of an alarm's state. */
interface StateChange {
  readonly alarm: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly from: AlarmState;
  readonly to: AlarmState;
}

/** A message to operators. */
interface Notification {
  readonly alarm: string;
  readonly at: number;
  readonly state: AlarmState;
}

export interface AlarmRun {
  readonly changes: readonly StateChange[];
  readonly notifications: readonly Notification[];
  /** Alarm name → state at the end. */
  readonly states: ReadonlyMap<string, AlarmState>;
}

export interface AlarmRunOptions {
  /**
   * The delay of metrics, in milliseconds. Those of most services of AWS arrive within two minutes. In
   * expressions, `FILL` replaces data that has not arrived yet.
   * @default 0
   */
  readonly delayMs?: number;
}

/** Takes all alarms through a span of time, minute by minute. In the beginning, all are `OK`. */
export function runAlarms(
  alarms: Alarms,
  store: MetricStore,
  { start, end }: TimeRange,
  { delayMs = 0 }: AlarmRunOptions = {},
): AlarmRun {
  const run = new Run(alarms, delayMs);
  for (let at = start; at <= end; at += MINUTE_MS) run.step(store, at);
  return run;
}

class Run implements AlarmRun {
  readonly changes: StateChange[] = [];
  readonly notifications: Notification[] = [];
  readonly states = new Map<string, AlarmState>();
  /** Composite alarm → the state of which operators know. */
  private readonly notified = new Map<string, AlarmState>();
  /** Alarm → the time of its last change of state. */
  private readonly changedAt = new Map<string, number>();

  constructor(
    private readonly alarms: Alarms,
    private readonly delayMs: number,
  ) {
    for (const { name } of [...alarms.metric, ...alarms.composite]) {
      this.states.set(name, 'OK');
      this.notified.set(name, 'OK');
    }
  }

  step(store: MetricStore, at: number): void {
    const { delayMs } = this;
    for (const alarm of this.alarms.metric) {
      this.change(alarm.name, metricState(alarm, store, { at, delayMs }, this.stateOf(alarm.name)), at);
      if (alarm.notifies) this.notify(alarm.name, at);
    }
    for (const alarm of this.alarms.composite) {
      this.change(alarm.name, alarm.rule.isMet((name) => this.stateOf(name)) ? 'ALARM' : 'OK', at);
      if (alarm.notifies && !this.isSuppressed(alarm, at)) this.notify(alarm.name, at);
    }
  }

  /**
   * While the suppressor is in alarm, and for a while after that, the alarm does not notify. After a change,
   * it waits for the suppressor. Then it notifies if its state is not the one that operators know.
   */
  private isSuppressed({ name, suppressor }: CompositeAlarm, at: number): boolean {
    if (!suppressor) return false;
    if (this.stateOf(suppressor.name) === 'ALARM') return true;
    const ended = this.changedAt.get(suppressor.name) ?? -Infinity;
    if (at < ended + suppressor.extensionMs) return true;
    return at < (this.changedAt.get(name) ?? -Infinity) + suppressor.waitMs;
  }

  private stateOf(name: string): AlarmState {
    const state = this.states.get(name);
    if (!state) throw new Error(`The rule of an alarm names ${name}, which does not exist.`);
    return state;
  }

  private change(alarm: string, to: AlarmState, at: number): void {
    const from = this.stateOf(alarm);
    if (from === to) return;
    this.states.set(alarm, to);
    this.changedAt.set(alarm, at);
    this.changes.push({ alarm, at, from, to });
  }

  private notify(alarm: string, at: number): void {
    const state = this.stateOf(alarm);
    if (state === 'INSUFFICIENT_DATA' || this.notified.get(alarm) === state) return;
    this.notified.set(alarm, state);
    this.notifications.push({ alarm, at, state });
  }
}
