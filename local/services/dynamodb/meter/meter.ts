import type { Caller } from '../../../cloud/callers';
import type { EngineCall } from '../engine/call';
import { type CanceledTransaction, canceledTransaction, isCanceled } from './canceled-transaction';
import { type CapacityRecord, capacityRecord, METERED, READS } from './capacity';

/** Tells whether a write, and the function's instance that sent it, count for an action. */
type IsCounted = (record: CapacityRecord, instance: string | undefined) => boolean;

interface PlannedAction {
  readonly isCounted: IsCounted;
  readonly action: () => Promise<void>;
  /** The number of matching writes until the action is due. */
  remaining: number;
}

/** Records the capacity that each request of a function consumes. */
export class Meter {
  private records: CapacityRecord[] = [];
  private canceled: CanceledTransaction[] = [];
  private planned: PlannedAction[] = [];

  /** `call` calls the engine. */
  constructor(private readonly call: EngineCall) {}

  /** Records a response. Waits for the actions that are planned before it reaches the function. */
  async record(
    { name, instance }: Pick<Caller, 'name' | 'instance'>,
    operation: string,
    request: Record<string, unknown>,
    response: Record<string, unknown>,
  ): Promise<void> {
    if (isCanceled(operation, response)) {
      const transaction = await canceledTransaction(name, request, this.call);
      // `takeCanceled` may have replaced the list in the meantime.
      this.canceled.push(transaction);
    }
    const record = METERED.test(operation) && capacityRecord(name, operation, request, response);
    if (!record) return;
    this.records.push(record);
    if (!READS.has(operation)) await this.runPlannedActions(record, instance);
  }

  /** Removes and returns the records with a partition key that contains `text`. The other records stay. */
  take(text: string): CapacityRecord[] {
    const taken = this.records.filter(concerns(text));
    this.records = this.records.filter((record) => !concerns(text)(record));
    return taken;
  }

  /** Removes and returns the canceled transactions with a partition key that contains `text`. */
  takeCanceled(text: string): CanceledTransaction[] {
    const taken = this.canceled.filter(concerns(text));
    this.canceled = this.canceled.filter((transaction) => !concerns(text)(transaction));
    return taken;
  }

  /**
   * Calls `action` once, before the response to the `count`-th write for which `isCounted` is true reaches
   * the function.
   */
  beforeResponse(isCounted: IsCounted, count: number, action: () => Promise<void>): void {
    this.planned.push({ isCounted, remaining: count, action });
  }

  private async runPlannedActions(record: CapacityRecord, instance: string | undefined): Promise<void> {
    for (const each of this.planned) if (each.isCounted(record, instance)) each.remaining -= 1;
    const due = this.planned.filter(({ remaining }) => remaining === 0);
    this.planned = this.planned.filter(({ remaining }) => remaining > 0);
    for (const { action } of due) await action();
  }
}

const concerns =
  (text: string) =>
  ({ partitionKeys }: Pick<CapacityRecord, 'partitionKeys'>): boolean =>
    text === '' || partitionKeys.some((pk) => pk.includes(text));
