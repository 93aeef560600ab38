import type { EngineCall } from '../engine/call';
import type { WireItem, WireRequest } from '../front/wire';
import { partitionKeys } from './capacity';
import { writeUnits } from './item-size';

type Wire = Record<string, unknown>;

/**
 * A transaction that DynamoDB canceled. It costs two write units for each kilobyte of each item all the same.
 */
export interface CanceledTransaction {
  /** The name of the function that sent it. */
  readonly function: string;
  readonly partitionKeys: readonly string[];
  readonly write: number;
}

interface Canceled {
  readonly __type?: string;
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

/** Returns whether a response says that a transaction was canceled for another reason than throttling. */
export function isCanceled(operation: string, response: Wire): boolean {
  const { __type = '', CancellationReasons = [] } = response as Canceled;
  return (
    operation === 'TransactWriteItems' &&
    __type.endsWith('#TransactionCanceledException') &&
    !CancellationReasons.some(({ Code }) => Code === 'ThrottlingError')
  );
}

/**
 * Returns the cost of a canceled transaction, which the engines do not report. `call` reads the items that
 * the transaction does not contain.
 */
export async function canceledTransaction(
  caller: string,
  request: Wire,
  call: EngineCall,
): Promise<CanceledTransaction> {
  const { TransactItems = [] } = request as {
    TransactItems?: readonly Readonly<Record<string, WireRequest>>[];
  };
  let write = 0;
  for (const part of TransactItems.flatMap((item) => Object.values(item)))
    write += 2 * writeUnits(part.Item ?? (await storedItem(part, call)));
  return { function: caller, partitionKeys: partitionKeys(request), write };
}

async function storedItem({ TableName, Key }: WireRequest, call: EngineCall): Promise<WireItem> {
  const { Item } = await call<{ Item?: WireItem }>('DynamoDB_20120810.GetItem', { TableName, Key });
  return Item ?? {};
}
