/** A record of a DynamoDB stream in the wire format, which Lambda events use as well. */
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

/** The shard that a batch comes from. */
export interface Shard {
  readonly id: string;
  /** The stream's ARN in the template. */
  readonly streamArn: string;
}

export const sequenceNumber = (record: StreamRecord | undefined) => record?.dynamodb.SequenceNumber ?? '';
