import { type EngineCall, EngineError } from '../dynamodb/engine/call';
import { type StreamRecord, sequenceNumber } from './record';

export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

interface ShardDescription {
  readonly ShardId: string;
  readonly ParentShardId?: string;
}

/** Lists a stream's shards, parents before their children. */
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

/** Reads one shard from behind a checkpoint on; `isClosed` once its last record was read. */
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

  /** What has come since the last call, perhaps nothing. */
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
      // Iterators expire after minutes; the next call opens another where this one stood.
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
      // The stream keeps 24 hours: what lies behind is gone, and the oldest that is left comes next.
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
