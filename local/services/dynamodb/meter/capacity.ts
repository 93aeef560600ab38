/** Capacity units of one table or index. */
interface Units {
  readonly read: number;
  readonly write: number;
}

/** The capacity that one request to DynamoDB consumed. */
export interface CapacityRecord extends Units {
  /** The name of the function that sent the request, or `host`. */
  readonly function: string;
  /** An example is `TransactWriteItems`. */
  readonly operation: string;
  /** The partition keys that the request contains. */
  readonly partitionKeys: readonly string[];
  /** The units of the table without its indexes. */
  readonly table: Units;
  readonly indexes: Readonly<Record<string, Units>>;
}

interface WireUnits {
  readonly CapacityUnits?: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

interface WireCapacity extends WireUnits {
  readonly Table?: WireUnits;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, WireUnits>>;
  readonly LocalSecondaryIndexes?: Readonly<Record<string, WireUnits>>;
}

export const READS: ReadonlySet<string> = new Set([
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'TransactGetItems',
]);

/** The operations that can report the capacity that they consume. */
export const METERED =
  /^(GetItem|PutItem|UpdateItem|DeleteItem|Query|Scan|BatchGetItem|BatchWriteItem|TransactGetItems|TransactWriteItems)$/;

type Wire = Record<string, unknown>;

/** Returns the request that the engine must get for its capacity to be known. */
export const measured = (operation: string, request: Wire): Wire =>
  METERED.test(operation) ? { ...request, ReturnConsumedCapacity: 'INDEXES' } : request;

/**
 * Reads the consumed capacity from the response to a request that asked for `INDEXES`. Undefined if there is
 * none.
 */
export function capacityRecord(
  caller: string,
  operation: string,
  request: Wire,
  response: Wire,
): CapacityRecord | undefined {
  const consumed = response.ConsumedCapacity as WireCapacity | WireCapacity[] | undefined;
  if (!consumed) return undefined;
  const units = (wire: WireUnits | undefined): Units => split(wire, READS.has(operation));
  const perTable = Array.isArray(consumed) ? consumed : [consumed];
  const indexes: Record<string, Units> = {};
  for (const { GlobalSecondaryIndexes, LocalSecondaryIndexes } of perTable) {
    for (const [name, wire] of Object.entries({ ...GlobalSecondaryIndexes, ...LocalSecondaryIndexes })) {
      indexes[name] = sum([indexes[name] ?? { read: 0, write: 0 }, units(wire)]);
    }
  }
  return {
    function: caller,
    operation,
    partitionKeys: partitionKeys(request),
    ...sum(perTable.map(units)),
    table: sum(perTable.map(({ Table }) => units(Table))),
    indexes,
  };
}

/** Splits units into reads and writes. Only transactions report the two separately. */
function split(wire: WireUnits | undefined, isRead: boolean): Units {
  const { CapacityUnits = 0, ReadCapacityUnits, WriteCapacityUnits } = wire ?? {};
  return {
    read: ReadCapacityUnits ?? (isRead ? CapacityUnits : 0),
    write: WriteCapacityUnits ?? (isRead ? 0 : CapacityUnits),
  };
}

function sum(units: readonly Units[]): Units {
  return units.reduce((total, { read, write }) => ({ read: total.read + read, write: total.write + write }), {
    read: 0,
    write: 0,
  });
}

/**
 * Returns the values of `pk` in keys and items, and the values with a `#` of a query's key condition. If the
 * key of an item does not contain its domain, such as that of a license key, the domain follows.
 */
export function partitionKeys(request: Wire): string[] {
  const found = new Set<string>();
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    const { pk, domainId } = value as Partial<Record<'pk' | 'domainId', { S?: unknown }>>;
    if (typeof pk?.S === 'string') {
      found.add(pk.S);
      if (typeof domainId?.S === 'string' && !pk.S.includes(domainId.S)) found.add(domainId.S);
    }
    Object.values(value).forEach(visit);
  };
  const { Key, Item, RequestItems, TransactItems } = request;
  [Key, Item, RequestItems, TransactItems].forEach(visit);
  if (typeof request.KeyConditionExpression === 'string') {
    for (const value of Object.values(
      (request.ExpressionAttributeValues ?? {}) as Record<string, { S?: string }>,
    )) {
      if (value.S?.includes('#')) found.add(value.S);
    }
  }
  return [...found];
}
