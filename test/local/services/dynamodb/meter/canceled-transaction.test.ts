import {
  canceledTransaction,
  isCanceled,
} from '../../../../../local/services/dynamodb/meter/canceled-transaction';
import { itemBytes, writeUnits } from '../../../../../local/services/dynamodb/meter/item-size';

const S = (text: string) => ({ S: text });

it.each([
  [{}, 0],
  [{ pk: S('ab') }, 4],
  [{ a: S('é') }, 3],
  [{ n: { N: '0' } }, 2],
  [{ n: { N: '1200' } }, 3],
  [{ n: { N: '-12.5' } }, 5],
  [{ b: { B: 'AAEC' } }, 4],
  [{ t: { BOOL: true } }, 2],
  [{ z: { NULL: true } }, 2],
  [{ l: { L: [S('a'), S('b')] } }, 8],
  [{ m: { M: { x: S('a') } } }, 7],
  [{ s: { SS: ['a', 'bc'] } }, 4],
])('%j has %i bytes', (item, bytes) => {
  expect(itemBytes(item)).toBe(bytes);
});

it('counts a write unit for each kilobyte that an item starts', () => {
  const ofBytes = (bytes: number) => writeUnits({ a: S('x'.repeat(bytes - 1)) });
  expect([writeUnits({}), ofBytes(1_024), ofBytes(1_025), ofBytes(4_096)]).toEqual([1, 1, 2, 4]);
});

it('costs two write units for each kilobyte of what it puts or finds', async () => {
  const asked: object[] = [];
  const call = <T>(operation: string, body: object) => {
    asked.push({ operation, ...body });
    return Promise.resolve({ Item: { pk: S('b'), data: S('x'.repeat(2_000)) } } as T);
  };
  const request = {
    TransactItems: [
      { Put: { TableName: 'T', Item: { pk: S('a'), data: S('x'.repeat(3_000)) } } },
      { Update: { TableName: 'T', Key: { pk: S('b') } } },
    ],
  };
  expect(await canceledTransaction('Users', request, call)).toEqual({
    ...{ function: 'Users', partitionKeys: ['a', 'b'], write: 2 * 3 + 2 * 2 },
  });
  expect(asked).toEqual([{ operation: 'DynamoDB_20120810.GetItem', TableName: 'T', Key: { pk: S('b') } }]);
});

const response = (...codes: string[]) => ({
  __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
  CancellationReasons: codes.map((Code) => ({ Code })),
});

it.each([
  ['a conflict', 'TransactWriteItems', response('None', 'TransactionConflict'), true],
  ['a condition', 'TransactWriteItems', response('ConditionalCheckFailed'), true],
  ['throttling, which costs nothing', 'TransactWriteItems', response('ThrottlingError'), false],
  ['a transaction that only reads', 'TransactGetItems', response('TransactionConflict'), false],
  ['success', 'TransactWriteItems', {}, false],
])('is recognized after %s', (_, operation, body, expected) => {
  expect(isCanceled(operation, body)).toBe(expected);
});
