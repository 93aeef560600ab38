import type { WireItem, WireRequest } from '../front/wire';

type Part = Readonly<Record<string, WireRequest>>;

interface WriteRequest extends WireRequest {
  readonly TransactItems?: readonly Part[];
  readonly RequestItems?: Readonly<Record<string, readonly Part[]>>;
}

/** An item that a request writes. `item` is its new state, if the request contains it. */
export interface WrittenItem {
  readonly table: string;
  readonly key: WireItem;
  readonly kind: 'put' | 'update' | 'delete';
  readonly item?: WireItem;
}

const KINDS: Readonly<Record<string, WrittenItem['kind']>> = {
  PutItem: 'put',
  UpdateItem: 'update',
  DeleteItem: 'delete',
  Put: 'put',
  Update: 'update',
  Delete: 'delete',
  PutRequest: 'put',
  DeleteRequest: 'delete',
};

/** Returns the items that a request writes; none if it only reads. */
export function writtenItems(
  operation: string,
  input: object,
  keyNames: (table: string) => readonly string[],
): WrittenItem[] {
  const request = input as WriteRequest;
  const written = (table: string, part: Part): WrittenItem[] =>
    Object.entries(part).flatMap(([name, own]) => {
      const kind = KINDS[name];
      const from = own.Key ?? own.Item;
      if (!kind || !from) return [];
      const key = Object.fromEntries(
        keyNames(table).flatMap((each) => (from[each] ? [[each, from[each]]] : [])),
      );
      return [{ table, key, kind, ...(own.Item && { item: own.Item }) }];
    });
  switch (operation) {
    case 'TransactWriteItems':
      return (request.TransactItems ?? []).flatMap((part) =>
        written(Object.values(part)[0]?.TableName ?? '', part),
      );
    case 'BatchWriteItem':
      return Object.entries(request.RequestItems ?? {}).flatMap(([table, parts]) =>
        parts.flatMap((part) => written(table, part)),
      );
    default:
      return KINDS[operation] ? written(request.TableName ?? '', { [operation]: request }) : [];
  }
}
