import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { itemUse } from '../../local/services/dynamodb/conflicts/item-use';
import { ItemLocks } from '../../local/services/dynamodb/conflicts/item-locks';
import { ScimError } from '../../shared/scim/error';
import { countsWrite } from '../../shared/store/domains/counts-write';
import { resourceKey } from '../../shared/store/table/keys';
import { Table } from '../../shared/store/table/table';
import { SimulatedTime } from './simulated-time';

/** A load of creations in one domain. */
export interface SimulatedLoad {
  readonly perSecond: number;
  readonly seconds: number;
  /** The number of shards over which the counts are spread. */
  readonly shards: number;
  /** Milliseconds for which a transaction holds its items. */
  readonly holdMs: number;
}

export interface SimulatedFigures {
  readonly triesPerCommit: number;
  /** Milliseconds. */
  readonly p95: number;
  readonly slowest: number;
  /** Requests that ended with 503. */
  readonly failures: number;
  /** Write units that the counts of the domain consume in a second. A partition key has 1,000. */
  readonly writeUnits: number;
}

/** The time after which a transaction that meets a conflict is canceled, in milliseconds. */
const CANCELLATION_MS = 4;
/** A transaction consumes two write units for each item under 1 kB, even if it is canceled. */
const UNITS_PER_TRY = 2;

/**
 * Simulates creations of users at random times. The transactions, their retries, and the choice of the shard
 * are the code of the service, and the conflicts are those of the local DynamoDB. Only time, and the engine,
 * are simulated.
 */
export async function simulateCreations(load: SimulatedLoad): Promise<SimulatedFigures> {
  const { perSecond, seconds, holdMs } = load;
  const time = new SimulatedTime();
  const client = new SimulatedClient(time, holdMs);
  const table = new Table('Table', client as never);
  const shards = [...Array(load.shards).keys()];
  const durations: number[] = [];
  let failures = 0;
  const create = async (at: number): Promise<void> => {
    const startedAt = time.elapsed;
    const put = { ...resourceKey('domain', 'USER', String(at)) };
    try {
      await table.transact([{ put }, countsWrite('domain', { users: 1 }, { shards })]);
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      failures += 1;
    }
    durations.push(time.elapsed - startedAt);
  };
  await time.run(async () => {
    const requests: Promise<void>[] = [];
    for (let at = 0; time.elapsed < seconds * 1000; at++) {
      requests.push(create(at));
      await time.sleep((-Math.log(1 - time.random()) * 1000) / perSecond);
    }
    await Promise.all(requests);
  });
  durations.sort((one, other) => one - other);
  return {
    triesPerCommit: client.tries / client.commits,
    p95: durations[Math.floor(durations.length * 0.95)] ?? NaN,
    slowest: durations.at(-1) ?? NaN,
    failures,
    writeUnits: (client.tries * UNITS_PER_TRY) / seconds,
  };
}

/** Takes the place of the SDK's client. Each transaction succeeds unless it meets a conflict. */
class SimulatedClient {
  tries = 0;
  commits = 0;
  private readonly locks: ItemLocks;

  constructor(
    private readonly time: SimulatedTime,
    private readonly holdMs: number,
  ) {
    this.locks = new ItemLocks(() => time.elapsed);
  }

  async send({ input }: { readonly input: object }): Promise<object> {
    this.tries += 1;
    const use = itemUse('TransactWriteItems', input, () => ['pk', 'sk']);
    if (!use) throw new Error('Only transactions are simulated.');
    const conflict = this.locks.conflict(use);
    if (conflict) {
      await this.time.sleep(CANCELLATION_MS);
      throw canceled(use.items.map((_, at) => conflict !== 'inProgress' && conflict.includes(at)));
    }
    const release = this.locks.hold(use);
    await this.time.sleep(this.holdMs);
    release(true);
    this.commits += 1;
    return {};
  }
}

const canceled = (conflicts: readonly boolean[]): Error =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: conflicts.map((isConflict) => ({
      Code: isConflict ? 'TransactionConflict' : 'None',
    })),
  });
