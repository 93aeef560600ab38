/**
 * The failures of calls that travel over HTTP: of the service, of the connection, or of the calling function.
 */
export type TransportFault =
  /** The service refuses the call because of its rate. */
  | 'throttling'
  /** A 500. The call may have been carried out. */
  | 'internal'
  /** A 503. The call is not carried out. */
  | 'unavailable'
  /** The connection closes before the call is carried out. */
  | 'reset-before'
  /** The call is carried out, but the connection closes before the response. */
  | 'reset-after'
  /** There is no response. The call is carried out after the client has given up. */
  | 'hang'
  /** The calling function ends before the call is carried out. */
  | 'kill-before'
  /** The call is carried out, but the calling function ends before the response. */
  | 'kill-after';

/** The failures that only some calls have. */
export type OwnFault =
  /** DynamoDB cancels a transaction, because of another one or of its load. */
  | 'canceled'
  /** DynamoDB refuses a plain write, because a transaction uses its item. */
  | 'conflict'
  /** DynamoDB carries out a transaction, but reports that it is in progress. */
  | 'in-progress'
  /** DynamoDB or EventBridge leaves a part of a batch, or all of it, unprocessed. */
  | 'unprocessed'
  /** An event, a message, or a batch of a stream arrives twice. */
  | 'duplicate'
  /** An event or a batch of a stream arrives late. */
  | 'late'
  /** The last batches of a stream arrive again, in their order. */
  | 'replay';

export type FaultKind = TransportFault | OwnFault;

/** The weight of each kind among those that a call can have. */
export const WEIGHTS: Readonly<Record<FaultKind, number>> = {
  throttling: 3,
  internal: 3,
  unavailable: 2,
  'reset-before': 2,
  'reset-after': 3,
  // Each takes as long as the timeout of the client.
  hang: 1,
  'kill-before': 1,
  'kill-after': 1,
  canceled: 3,
  conflict: 2,
  'in-progress': 1,
  unprocessed: 4,
  duplicate: 2,
  late: 1,
  replay: 2,
};

export const FAULT_KINDS = Object.keys(WEIGHTS) as readonly FaultKind[];

export const TRANSPORT_FAULTS = [
  'throttling',
  'internal',
  'unavailable',
  'reset-before',
  'reset-after',
  'hang',
  'kill-before',
  'kill-after',
] as const satisfies readonly TransportFault[];

/** A fault of one call. */
export interface Fault<Kind extends FaultKind = FaultKind> {
  readonly kind: Kind;
  /** A number from 0 to 1 that decides the details, for example how late a call is carried out. */
  readonly roll: number;
}

/** A call or a delivery that may fail. */
export interface CallSite {
  /** The name of the function that sends the call, or that gets the delivery. */
  readonly function: string;
  /** For example `dynamodb:PutItem`. */
  readonly operation: string;
  /** The subject of the call, for the record: a key or an address. */
  readonly about?: string;
  /** The whole call as text, in which rules look for their texts. */
  readonly text: () => string;
}
