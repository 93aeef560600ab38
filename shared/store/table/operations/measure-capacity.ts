import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { addCapacity, addThrottledRequest, type Capacity } from '../../../logging/consumed-capacity';

interface Consumed {
  readonly CapacityUnits?: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

const READS = /^(?:GetItem|BatchGetItem|Query|Scan|TransactGetItems)Command$/;
const WRITES = /^(?:PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems)Command$/;

/** The names of errors, and the reasons for canceled transactions, by which DynamoDB throttles. */
const THROTTLING =
  /^(?:ProvisionedThroughputExceeded(?:Exception)?|Throttling(?:Exception|Error)|RequestLimitExceeded)$/;

/**
 * Adds up the capacity that the requests of a client consume, and counts those that DynamoDB throttles, for
 * the log lines of the function.
 */
export function measureCapacity(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const isRead = READS.test(commandName);
        if (!isRead && !WRITES.test(commandName)) return next(args);
        const result = await next({
          ...args,
          input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' },
        }).catch((error: unknown) => {
          if (isThrottling(error)) addThrottledRequest();
          throw error;
        });
        const { ConsumedCapacity } = result.output as { ConsumedCapacity?: Consumed | readonly Consumed[] };
        for (const each of ConsumedCapacity ? [ConsumedCapacity].flat() : [])
          addCapacity(capacityOf(each, isRead));
        return result;
      },
    { step: 'initialize', name: 'measureCapacity' },
  );
}

function isThrottling(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { CancellationReasons = [] } = error as {
    CancellationReasons?: readonly { readonly Code?: string }[];
  };
  return [error.name, ...CancellationReasons.map(({ Code = '' }) => Code)].some((code) =>
    THROTTLING.test(code),
  );
}

/** Only transactions report reads and writes separately. */
const capacityOf = (
  { CapacityUnits = 0, ReadCapacityUnits, WriteCapacityUnits }: Consumed,
  isRead: boolean,
): Capacity => ({
  read: ReadCapacityUnits ?? (isRead ? CapacityUnits : 0),
  write: WriteCapacityUnits ?? (isRead ? 0 : CapacityUnits),
});
