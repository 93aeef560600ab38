/** A value in DynamoDB's wire format, for example `{ S: 'text' }`. */
type WireItem = Readonly<Record<string, unknown>>;

interface WireRequest {
  readonly TableName?: string;
  readonly Key?: WireItem;
  readonly Item?: WireItem;
  readonly TransactItems?: readonly Readonly<Record<string, WireRequest>>[];
  readonly RequestItems?: Readonly<Record<string, readonly Readonly<Record<string, WireRequest>>[]>>;
  readonly ClientRequestToken?: string;
}

/**
 * How a request uses items: a transaction that writes, one that reads, a write of one item, or a batch of
 * writes. Plain reads meet no conflict.
 */
type UseKind = 'transactWrite' | 'transactRead' | 'write' | 'batchWrite';

/** The items that a request uses, each as a text that names its table and key. */
export interface ItemUse {
  readonly kind: UseKind;
  readonly items: readonly string[];
  /** The `ClientRequestToken` of a transaction that writes. */
  readonly token?: string;
}

/** Returns the names of the key attributes of a table. */
export type KeyNames = (table: string) => readonly string[];

/** Returns the items for which a request can meet a conflict; undefined if it never meets one. */
export function itemUse(operation: string, input: object, keyNames: KeyNames): ItemUse | undefined {
  const request = input as WireRequest;
  const nameOf = (table: string, part: WireRequest | undefined) => itemName(table, part, keyNames(table));
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems': {
      const parts = (request.TransactItems ?? []).map((item) => Object.values(item)[0]);
      return {
        kind: operation === 'TransactWriteItems' ? 'transactWrite' : 'transactRead',
        items: parts.map((part) => nameOf(part?.TableName ?? '', part)),
        token: request.ClientRequestToken,
      };
    }
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return { kind: 'write', items: [nameOf(request.TableName ?? '', request)] };
    case 'BatchWriteItem':
      return {
        kind: 'batchWrite',
        items: Object.entries(request.RequestItems ?? {}).flatMap(([table, writes]) =>
          writes.map((write) => nameOf(table, Object.values(write)[0])),
        ),
      };
    default:
      return undefined;
  }
}

function itemName(table: string, part: WireRequest | undefined, keyNames: readonly string[]): string {
  const attributes = part?.Key ?? part?.Item ?? {};
  return JSON.stringify([table, ...keyNames.map((name) => attributes[name])]);
}
