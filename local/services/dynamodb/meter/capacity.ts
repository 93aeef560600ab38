/** Capacity units of one table or index. */
export interface Units {
  readonly read: number;
  readonly write: number;
}

/** What one request to DynamoDB cost. */
export interface CapacityRecord extends Units {
  /** The Lambda function that sent it, or `host`. */
  readonly function: string;
  /** E.g. `TransactWriteItems`. */
  readonly operation: string;
  /** The partition keys that the request names, as far as it does. */
  readonly partitionKeys: readonly string[];
  /** The table's own share. */
  readonly table: Units;
  readonly indexes: Readonly<Record<string, Units>>;
}

interface WireUnits {
  readonly CapacityUnits?: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

export interface WireCapacity extends WireUnits {
  readonly Table?: WireUnits;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, WireUnits>>;
  readonly LocalSecondaryIndexes?: Readonly<Record<string, WireUnits>>;
}

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);

type Wire = Record<string, unknown>;

/** Reads the cost of a request from its answer, in which consumed capacity was asked for with `INDEXES`. */
export function capacityRecord(
  caller: string,
  operation: string,
  request: Wire,
  answer: Wire,
): CapacityRecord | undefined {
  const consumed = answer.ConsumedCapacity as WireCapacity | WireCapacity[] | undefined;
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

/** Only transactions say which of the units are reads and which are writes. */
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

/** The values of `pk` in keys, items, and the expression values that a query's key condition names. */
function partitionKeys(request: Wire): string[] {
  const found = new Set<string>();
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    const pk = (value as { pk?: { S?: unknown } }).pk?.S;
    if (typeof pk === 'string') found.add(pk);
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
