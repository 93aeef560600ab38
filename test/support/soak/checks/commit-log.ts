import { setTimeout as sleep } from 'node:timers/promises';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { engineCall } from '../../../../local/services/dynamodb/engine/call';
import { listShards, ShardReader } from '../../../../local/services/event-source-mappings/shard-reader';
import type { StreamRecord } from '../../../../local/services/event-source-mappings/record';
import type { Item } from '../../../../shared/store/table/read-item';
import { deployment, session } from '../../system/system';

/** A change of an item. */
export interface Commit {
  readonly pk: string;
  readonly sk: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

const POLL_MS = 200;
const RECORDS_PER_READ = 1_000;

type Image = Parameters<typeof unmarshall>[0];
interface Images {
  readonly Keys: Image;
  readonly OldImage?: Image;
  readonly NewImage?: Image;
}

/**
 * Reads the stream of the table by itself, so that it sees each commit, in order, as the engine has made it.
 */
export class CommitLog {
  private readonly readers = new Map<string, ShardReader>();
  /** The closed shards when the shards were listed last. */
  private closedShards = 0;
  private isStopped = false;
  private reading: Promise<void> | undefined;

  private constructor(
    private readonly streamArn: string,
    private readonly observers: readonly ((commit: Commit) => void)[],
  ) {}

  /** Starts to read at the current end of the stream. */
  static async open(observers: readonly ((commit: Commit) => void)[]): Promise<CommitLog> {
    const { tableName } = await deployment();
    const { Table } = await engineCall(session().engineUrl)<{ Table: { LatestStreamArn: string } }>(
      'DynamoDB_20120810.DescribeTable',
      { TableName: tableName },
    );
    const log = new CommitLog(Table.LatestStreamArn, observers);
    await log.read();
    log.reading = log.run();
    return log;
  }

  /** Reads up to the end of the stream. */
  async catchUp(): Promise<void> {
    this.isStopped = true;
    await this.reading;
    while ((await this.read()) > 0 || this.mayHaveNewShards);
    this.isStopped = false;
    this.reading = this.run();
  }

  async close(): Promise<void> {
    this.isStopped = true;
    await this.reading;
  }

  private async run(): Promise<void> {
    while (!this.isStopped) if ((await this.read()) === 0) await sleep(POLL_MS);
  }

  /** Returns the number of records that were read. */
  private async read(): Promise<number> {
    let count = 0;
    for (const reader of await this.openReaders()) {
      const records = await reader.read(RECORDS_PER_READ);
      for (const record of records) this.observe(record);
      count += records.length;
    }
    return count;
  }

  /**
   * Returns the open readers. Looks for new shards only after one is closed, because the engine then reads
   * all records.
   */
  private async openReaders(): Promise<readonly ShardReader[]> {
    if (this.mayHaveNewShards) {
      this.closedShards = this.closed;
      const call = engineCall(session().engineUrl);
      for (const shardId of await listShards(call, this.streamArn))
        if (!this.readers.has(shardId))
          this.readers.set(
            shardId,
            new ShardReader(call, this.streamArn, shardId, undefined, 'TRIM_HORIZON'),
          );
    }
    return [...this.readers.values()].filter(({ isClosed }) => !isClosed);
  }

  private get closed(): number {
    return [...this.readers.values()].filter(({ isClosed }) => isClosed).length;
  }

  private get mayHaveNewShards(): boolean {
    return this.readers.size === 0 || this.closed > this.closedShards;
  }

  private observe({ dynamodb }: StreamRecord): void {
    const { Keys, OldImage, NewImage } = dynamodb as unknown as Images;
    const { pk, sk } = unmarshall(Keys) as { pk: string; sk: string };
    const commit = {
      ...{ pk, sk },
      before: OldImage && (unmarshall(OldImage) as Item),
      after: NewImage && (unmarshall(NewImage) as Item),
    };
    for (const observe of this.observers) observe(commit);
  }
}
