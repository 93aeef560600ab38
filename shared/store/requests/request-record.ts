import { optionalMap, optionalNumber, optionalText, number, text, type Item } from '../table/read-item';
import { truncateText } from '../table/truncate-text';

/**
 * The result of a request for its client. Failures of the service count as refused, and so does a bulk of
 * which an operation failed.
 */
export const REQUEST_OUTCOMES = ['accepted', 'refused'] as const;
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];

/** The number of operations of a bulk, and of those that failed. */
export interface OperationCounts {
  readonly total: number;
  readonly failed: number;
}

/** A request of an identity provider, without its body and without values that it sent. */
export interface RequestRecord {
  /** A UUIDv7 of the time at which the request was received. */
  readonly id: string;
  readonly outcome: RequestOutcome;
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  /** The query parameters without personal values, e.g. `filter=userName eq "…"`. */
  readonly query?: string;
  readonly status: number;
  readonly scimType?: string;
  /** The `detail` of the error without personal values. */
  readonly reason?: string;
  /** The duration. Absent if the authorizer refused the request. */
  readonly milliseconds?: number;
  readonly keyId: string;
  readonly keyName?: string;
  /** That of a SCIM key without a connection is `keyId`. */
  readonly connectionId: string;
  /** A word for the identity provider, e.g. `okta`. */
  readonly client?: string;
  readonly userAgent?: string;
  readonly requestId?: string;
  readonly operations?: OperationCounts;
  /** The similar requests before this one that are not recorded themselves. */
  readonly others: number;
}

/**
 * The largest size of each text, in bytes. An item then fits into one write unit of 1 kB, with its keys and
 * numbers.
 */
const MAX_BYTES = {
  method: 10,
  path: 130,
  query: 130,
  scimType: 20,
  reason: 225,
  keyId: 36,
  keyName: 60,
  connectionId: 36,
  client: 20,
  userAgent: 50,
  requestId: 36,
} as const satisfies Partial<Record<keyof RequestRecord, number>>;

/** Returns the attributes of a record's item without its keys. Texts are cut. */
export function recordAttributes({ id: _id, outcome: _outcome, ...record }: RequestRecord): Item {
  const { others, status, milliseconds, operations, connectionId, ...rest } = record;
  const texts = { ...rest, ...(connectionId !== record.keyId && { connectionId }) };
  const cut = Object.entries(texts).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, truncateText(value, MAX_BYTES[name as keyof typeof texts])]],
  );
  return {
    ...(Object.fromEntries(cut) as Item),
    status,
    milliseconds,
    operations,
    ...(others > 0 && { others }),
  };
}

export const readRequestRecord = (item: Item, outcome: RequestOutcome): RequestRecord => ({
  id: text(item, 'sk'),
  outcome,
  method: text(item, 'method'),
  path: text(item, 'path'),
  query: optionalText(item, 'query'),
  status: number(item, 'status'),
  scimType: optionalText(item, 'scimType'),
  reason: optionalText(item, 'reason'),
  milliseconds: optionalNumber(item, 'milliseconds'),
  keyId: text(item, 'keyId'),
  keyName: optionalText(item, 'keyName'),
  connectionId: connectionIdOf(item),
  client: optionalText(item, 'client'),
  userAgent: optionalText(item, 'userAgent'),
  requestId: optionalText(item, 'requestId'),
  operations: optionalMap(item, 'operations', (counts) => ({
    total: number(counts, 'total'),
    failed: number(counts, 'failed'),
  })),
  others: othersOf(item),
});

/** Returns the connection of a record. An earlier version stored none, and had none besides its keys. */
export const connectionIdOf = (item: Item): string =>
  optionalText(item, 'connectionId') ?? text(item, 'keyId');

/** Returns the number of requests that an item stands for besides its own. */
export const othersOf = (item: Item): number => optionalNumber(item, 'others') ?? 0;
