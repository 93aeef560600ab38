import {
  type DynamoDBClient,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  type TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { Table } from '../../../../shared/store/table/table';
import { ITEM_IS_ABSENT, type Write } from '../../../../shared/store/table/write';

const lost = () => Object.assign(new Error('No response'), { name: 'TimeoutError' });
const throttled = () =>
  new ProvisionedThroughputExceededException({ message: 'Too many requests', $metadata: {} });
const canceled = (codes = ['ThrottlingError']) =>
  new TransactionCanceledException({
    message: 'Canceled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

/**
 * Sends a transaction of which the first attempts end with these errors. Returns the tokens of all attempts.
 */
async function tokensAfter(...errors: Error[]): Promise<(string | undefined)[]> {
  const tokens: (string | undefined)[] = [];
  const send = ({ input }: TransactWriteItemsCommand): Promise<object> => {
    tokens.push(input.ClientRequestToken);
    const error = errors.shift();
    return error ? Promise.reject(error) : Promise.resolve({});
  };
  const table = new Table('table', { send } as unknown as DynamoDBClient);
  await table.transact([{ put: { pk: 'a', sk: 'a' } }]);
  return tokens;
}

it('a transaction waits for an earlier attempt that still writes the item that marks the change', async () => {
  const codes = ['ConditionalCheckFailed', 'TransactionConflict'];
  const errors = [lost(), canceled(codes), canceled(['ConditionalCheckFailed', 'ConditionalCheckFailed'])];
  const table = new Table('table', {
    send: () => Promise.reject(errors.shift()!),
  } as unknown as DynamoDBClient);
  const writes: Write[] = [
    { put: { pk: 'a', sk: 'a' }, condition: ITEM_IS_ABSENT },
    { put: { pk: 'b', sk: 'b' }, condition: ITEM_IS_ABSENT, marksChange: true },
  ];
  expect(await table.tryTransact(writes)).toEqual([]);
  expect(errors).toEqual([]);
});

describe('the token of a transaction', () => {
  it.each<[string, Error[]]>([
    ['its response was lost', [lost()]],
    ['its response was lost and its repetition was throttled', [lost(), throttled()]],
    ['it was throttled, and then its response was lost', [throttled(), lost()]],
  ])('stays if %s', async (_, errors) => {
    const tokens = await tokensAfter(...errors);
    expect(tokens).toHaveLength(errors.length + 1);
    expect(new Set(tokens).size).toBe(1);
  });

  it('is another one after a cancellation', async () => {
    const [first, second] = await tokensAfter(canceled());
    expect(second).not.toBe(first);
  });
});
