import { capacityRecord } from '../../../../../local/services/dynamodb/meter/capacity';

describe('capacityRecord', () => {
  it('separates the table and the indexes of a write', () => {
    const answer = {
      ConsumedCapacity: {
        TableName: 'T',
        CapacityUnits: 3,
        Table: { CapacityUnits: 1 },
        GlobalSecondaryIndexes: { byUserName: { CapacityUnits: 2 } },
      },
    };
    expect(capacityRecord('Users', 'PutItem', { Item: { pk: { S: 'd#USER' } } }, answer)).toEqual({
      function: 'Users',
      operation: 'PutItem',
      partitionKeys: ['d#USER'],
      read: 0,
      write: 3,
      table: { read: 0, write: 1 },
      indexes: { byUserName: { read: 0, write: 2 } },
    });
  });

  it('counts the capacity of a read as reads', () => {
    const answer = { ConsumedCapacity: { CapacityUnits: 0.5, Table: { CapacityUnits: 0.5 } } };
    expect(capacityRecord('Users', 'GetItem', { Key: { pk: { S: 'a' } } }, answer)).toMatchObject({
      read: 0.5,
      write: 0,
    });
  });

  it('uses the separate reads and writes of a transaction', () => {
    const answer = {
      ConsumedCapacity: [
        {
          CapacityUnits: 6,
          ReadCapacityUnits: 2,
          WriteCapacityUnits: 4,
          Table: { ReadCapacityUnits: 2, WriteCapacityUnits: 4 },
        },
      ],
    };
    const request = {
      TransactItems: [{ Put: { Item: { pk: { S: 'a' } } } }, { Update: { Key: { pk: { S: 'b' } } } }],
    };
    expect(capacityRecord('Users', 'TransactWriteItems', request, answer)).toMatchObject({
      partitionKeys: ['a', 'b'],
      read: 2,
      write: 4,
    });
  });

  it('adds up the tables of a batch', () => {
    const answer = { ConsumedCapacity: [{ CapacityUnits: 1 }, { CapacityUnits: 2 }] };
    const request = { RequestItems: { T: { Keys: [{ pk: { S: 'a' } }] } } };
    expect(capacityRecord('Users', 'BatchGetItem', request, answer)).toMatchObject({
      read: 3,
      partitionKeys: ['a'],
    });
  });

  it('finds the partition key of a query', () => {
    const request = {
      KeyConditionExpression: '#0 = :0',
      ExpressionAttributeValues: { ':0': { S: 'd#USER' }, ':1': { N: '1' } },
    };
    const answer = { ConsumedCapacity: { CapacityUnits: 1 } };
    expect(capacityRecord('Users', 'Query', request, answer)?.partitionKeys).toEqual(['d#USER']);
  });

  it('adds the domain of an item whose key does not contain it', () => {
    const item = (pk: string) => ({ Item: { pk: { S: pk }, domainId: { S: 'd' } } });
    const answer = { ConsumedCapacity: { CapacityUnits: 1 } };
    const keysOf = (pk: string) => capacityRecord('Users', 'PutItem', item(pk), answer)?.partitionKeys;
    expect(keysOf('LICENSEKEY#a')).toEqual(['LICENSEKEY#a', 'd']);
    expect(keysOf('d#LICENSE')).toEqual(['d#LICENSE']);
  });

  it('returns nothing for an error', () => {
    expect(
      capacityRecord('Users', 'PutItem', {}, { __type: 'ConditionalCheckFailedException' }),
    ).toBeUndefined();
  });
});
