import { Meter } from '../../../../../local/services/dynamodb/meter/meter';

const users = { name: 'Users', instance: undefined };
const canceled = {
  __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
  CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
};
const request = (pk: string) => ({
  TransactItems: [{ Delete: { TableName: 'T', Key: { pk: { S: pk } } } }],
});

it('keeps a canceled transaction whose size it reads while others are taken', async () => {
  let found: (response: object) => void = () => undefined;
  const size = new Promise<object>((resolve) => (found = resolve));
  const meter = new Meter(<T>() => size as Promise<T>);
  const recorded = meter.record(users, 'TransactWriteItems', request('D#1'), canceled);
  expect(meter.takeCanceled('D#2')).toEqual([]);
  found({});
  await recorded;
  expect(meter.takeCanceled('D#1')).toMatchObject([{ function: 'Users', partitionKeys: ['D#1'], write: 2 }]);
  expect(meter.takeCanceled('D#1')).toEqual([]);
});
