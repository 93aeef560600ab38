import { type CapacityRecord, capacityRecord, READS } from './capacity';

/** The operations that can report the capacity that they consume. */
const METERED =
  /^(GetItem|PutItem|UpdateItem|DeleteItem|Query|Scan|BatchGetItem|BatchWriteItem|TransactGetItems|TransactWriteItems)$/;

interface PlannedAction {
  readonly matches: (record: CapacityRecord) => boolean;
  readonly action: () => Promise<void>;
  /** The number of matching writes until the action is due. */
  remaining: number;
}

/** Records the capacity that each request of a function consumes. */
export class Meter {
  private records: CapacityRecord[] = [];
  private planned: PlannedAction[] = [];

  /** Returns the request that the engine must get for its capacity to be known. */
  prepare(operation: string, request: Record<string, unknown>): Record<string, unknown> {
    return METERED.test(operation) ? { ...request, ReturnConsumedCapacity: 'INDEXES' } : request;
  }

  /** Records a response. Waits for the actions that are planned before it reaches the function. */
  async record(
    caller: string,
    operation: string,
    request: Record<string, unknown>,
    response: Record<string, unknown>,
  ): Promise<void> {
    const record = METERED.test(operation) && capacityRecord(caller, operation, request, response);
    if (!record) return;
    this.records.push(record);
    if (!READS.has(operation)) await this.runPlannedActions(record);
  }

  /** Removes and returns the records with a partition key that contains `text`. The other records stay. */
  take(text: string): CapacityRecord[] {
    const isWanted = ({ partitionKeys }: CapacityRecord) =>
      text === '' || partitionKeys.some((pk) => pk.includes(text));
    const taken = this.records.filter(isWanted);
    this.records = this.records.filter((record) => !isWanted(record));
    return taken;
  }

  /** Calls `action` once, before the response to the `count`-th matching write reaches the function. */
  beforeResponse(
    matches: (record: CapacityRecord) => boolean,
    count: number,
    action: () => Promise<void>,
  ): void {
    this.planned.push({ matches, remaining: count, action });
  }

  private async runPlannedActions(record: CapacityRecord): Promise<void> {
    for (const each of this.planned) if (each.matches(record)) each.remaining -= 1;
    const due = this.planned.filter(({ remaining }) => remaining === 0);
    this.planned = this.planned.filter(({ remaining }) => remaining > 0);
    for (const { action } of due) await action();
  }
}
