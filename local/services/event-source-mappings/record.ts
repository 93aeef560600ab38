/** A record of a DynamoDB stream in the wire format, which is the one of Lambda events. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly dynamodb: {
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly SequenceNumber: string;
    readonly Keys: Readonly<Record<string, unknown>>;
  };
}

/** Where a batch comes from. */
export interface Shard {
  readonly id: string;
  /** The stream's ARN in the template. */
  readonly streamArn: string;
}

export const sequenceNumber = (record: StreamRecord | undefined) => record?.dynamodb.SequenceNumber ?? '';
