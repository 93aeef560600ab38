import { type EngineCall, EngineError } from '../dynamodb/engine/call';
import { type StreamRecord, sequenceNumber } from './record';

export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

interface ShardDescription {
  readonly ShardId: string;
  readonly ParentShardId?: string;
}

/** Lists the shards of a stream, parents before their children. */
export async function listShards(call: EngineCall, streamArn: string): Promise<string[]> {
  const shards: ShardDescription[] = [];
  let last: string | undefined;
  do {
    const page = await call<{
      StreamDescription: { Shards?: ShardDescription[]; LastEvaluatedShardId?: string };
    }>('DynamoDBStreams_20120810.DescribeStream', {
      StreamArn: streamArn,
      ...(last && { ExclusiveStartShardId: last }),
    });
    shards.push(...(page.StreamDescription.Shards ?? []));
    last = page.StreamDescription.LastEvaluatedShardId;
  } while (last);
  const known = new Map(shards.map((shard) => [shard.ShardId, shard]));
  const depth = (shard: ShardDescription | undefined): number =>
    shard ? 1 + depth(known.get(shard.ParentShardId ?? '')) : 0;
  return shards.sort((a, b) => depth(a) - depth(b)).map(({ ShardId }) => ShardId);
}

/** Reads one shard, starting after a checkpoint. `isClosed` becomes true when the last record is read. */
export class ShardReader {
  isClosed = false;
  private iterator: string | undefined;

  constructor(
    private readonly call: EngineCall,
    private readonly streamArn: string,
    readonly shardId: string,
    private checkpoint: string | undefined,
    private readonly start: StartingPosition,
  ) {}

  /** Returns the records since the last call. There may be none. */
  async read(limit: number): Promise<StreamRecord[]> {
    if (this.isClosed) return [];
    this.iterator ??= await this.openIterator();
    try {
      const page = await this.call<{ Records: StreamRecord[]; NextShardIterator?: string }>(
        'DynamoDBStreams_20120810.GetRecords',
        { ShardIterator: this.iterator, Limit: limit },
      );
      this.iterator = page.NextShardIterator;
      this.isClosed = !page.NextShardIterator;
      if (page.Records.length > 0) this.checkpoint = sequenceNumber(page.Records.at(-1));
      return page.Records;
    } catch (error) {
      // Iterators expire after some minutes. The next call opens a new one at the checkpoint.
      this.iterator = undefined;
      if (error instanceof EngineError && error.type === 'ExpiredIteratorException') return [];
      throw error;
    }
  }

  private async openIterator(): Promise<string> {
    const position = this.checkpoint
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: this.checkpoint }
      : { ShardIteratorType: this.start };
    try {
      return await this.iteratorAt(position);
    } catch (error) {
      // The stream keeps records for 24 hours. If the checkpoint is older, continue with the oldest record.
      if (!(error instanceof EngineError) || error.type !== 'TrimmedDataAccessException') throw error;
      return this.iteratorAt({ ShardIteratorType: 'TRIM_HORIZON' });
    }
  }

  private async iteratorAt(position: object): Promise<string> {
    const { ShardIterator } = await this.call<{ ShardIterator: string }>(
      'DynamoDBStreams_20120810.GetShardIterator',
      {
        StreamArn: this.streamArn,
        ShardId: this.shardId,
        ...position,
      },
    );
    return ShardIterator;
  }
}
