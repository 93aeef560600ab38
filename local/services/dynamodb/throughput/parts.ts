import { leadingKey } from '../front/leading-key';
import type { TableKeys } from '../front/table-keys';
import { writeUnits } from '../meter/item-size';
import { keyText, type WireItem, type WireRequest } from '../front/wire';
import type { Side } from './unit-buckets';

/** A partition key of a table, or of the index with this name. */
export interface KeyUse {
  readonly table: string;
  readonly index: string;
  readonly key: string;
}

/** A part of a request that reads or writes one partition. */
export interface Part {
  /** The partition keys of the item in the table and its indexes, as far as the request names them. */
  readonly uses: readonly KeyUse[];
  /** The size in kilobytes of what the request sends for this part, rounded up. */
  readonly kilobytes: number;
}

export interface Parts {
  readonly side: Side;
  readonly kind: 'single' | 'batch' | 'transaction';
  readonly list: readonly Part[];
}

interface BatchTable {
  readonly Keys?: readonly WireItem[];
}
type BatchWrite = Readonly<Record<string, WireRequest>>;

interface PartsRequest extends WireRequest {
  readonly TransactItems?: readonly Readonly<Record<string, WireRequest>>[];
  readonly RequestItems?: Readonly<Record<string, BatchTable | readonly BatchWrite[]>>;
}

const READS = new Set(['GetItem', 'Query', 'BatchGetItem', 'TransactGetItems']);
const SINGLE = new Set(['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem']);

/** Returns the parts of a request, in its order; undefined if it names no partition key, such as a scan. */
export function partsOf(
  operation: string,
  input: object,
  tables: Pick<TableKeys, 'partitionKeysOf'>,
): Parts | undefined {
  const request = input as PartsRequest;
  const side = READS.has(operation) ? 'read' : 'write';
  const part = (table: string, own: WireRequest): Part => ({
    uses: usesOf(table, own, tables, side),
    kilobytes: writeUnits(own.Item ?? own.ExpressionAttributeValues ?? {}),
  });
  if (SINGLE.has(operation)) return { side, kind: 'single', list: [part(request.TableName ?? '', request)] };
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems': {
      const list = (request.TransactItems ?? []).flatMap((item) =>
        Object.values(item).map((own) => part(own.TableName ?? '', own)),
      );
      return { side, kind: 'transaction', list };
    }
    case 'BatchGetItem':
    case 'BatchWriteItem': {
      const list = Object.entries(request.RequestItems ?? {}).flatMap(([table, own]) =>
        isWrites(own)
          ? own.flatMap((write) => Object.values(write).map((each) => part(table, each)))
          : (own.Keys ?? []).map((Key) => part(table, { Key })),
      );
      return { side, kind: 'batch', list };
    }
    default:
      return undefined;
  }
}

const isWrites = (own: BatchTable | readonly BatchWrite[]): own is readonly BatchWrite[] =>
  Array.isArray(own);

/**
 * A read uses the table or one index. A write uses the table, and all indexes whose key the request names.
 */
function usesOf(
  table: string,
  request: WireRequest,
  tables: Pick<TableKeys, 'partitionKeysOf'>,
  side: Side,
): KeyUse[] {
  const { IndexName = '' } = request;
  return [...tables.partitionKeysOf(table)].flatMap(([index, name]) => {
    if (side === 'read' && index !== IndexName) return [];
    const key = keyText(leadingKey(request, name) ?? (side === 'write' ? updated(request, name) : undefined));
    return key === undefined ? [] : { table, index, key };
  });
}

/** Returns the value that `SET <name> = :value` gives an attribute. */
function updated(
  { UpdateExpression = '', ExpressionAttributeNames = {}, ...request }: WireRequest,
  name: string,
) {
  for (const [, left = '', right = ''] of UpdateExpression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)) {
    if ((ExpressionAttributeNames[left] ?? left) === name) return request.ExpressionAttributeValues?.[right];
  }
  return undefined;
}
