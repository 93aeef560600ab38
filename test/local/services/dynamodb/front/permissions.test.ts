import { valuesOf } from '../../../../../local/cloud/iam/condition-keys';
import { permissionsOf } from '../../../../../local/services/dynamodb/front/permissions';
import { TableKeys } from '../../../../../local/services/dynamodb/front/table-keys';
import { resolved } from '../../../resources';

const key = (name: string) => [{ AttributeName: name, KeyType: 'HASH' }];
const tables = new TableKeys(
  resolved({
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'users',
        KeySchema: [{ AttributeName: 'sk', KeyType: 'RANGE' }, ...key('pk')],
        GlobalSecondaryIndexes: [{ IndexName: 'byName', KeySchema: key('name') }],
      },
    },
  }),
);
const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/users';
const Key = { pk: { S: 'd#USER' }, sk: { S: '1' } };
const TableName = 'users';

/** Returns the permissions as text: action, resource, partition keys. */
const permissions = (operation: string, request: object) =>
  permissionsOf(operation, request, tables).map(({ action, resource, context = {} }) =>
    [action, resource, valuesOf(context, 'dynamodb:LeadingKeys')?.join() ?? '-'].join(' '),
  );

describe('permissionsOf', () => {
  it.each([
    ['GetItem', { TableName, Key }],
    ['PutItem', { TableName, Item: { ...Key, a: { S: 'b' } } }],
    ['UpdateItem', { TableName: TABLE, Key }],
    ['DeleteItem', { TableName, Key }],
    ['Query', { TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': Key.pk } }],
    [
      'Query',
      {
        TableName,
        KeyConditionExpression: 'begins_with(sk, :s) AND (#p = :p)',
        ExpressionAttributeNames: { '#p': 'pk' },
        ExpressionAttributeValues: { ':p': Key.pk, ':s': { S: 'x' } },
      },
    ],
    ['Query', { TableName, KeyConditions: { pk: { AttributeValueList: [Key.pk] } } }],
  ])('%s needs its own permission on the item', (operation, request) => {
    expect(permissions(operation, request)).toEqual([`dynamodb:${operation} ${TABLE} d#USER`]);
  });

  it('is on the index if the request names one, with the partition key of the index', () => {
    const query = {
      TableName,
      IndexName: 'byName',
      KeyConditionExpression: '#n = :n',
      ExpressionAttributeNames: { '#n': 'name' },
      ExpressionAttributeValues: { ':n': { S: 'jane' } },
    };
    expect(permissions('Query', query)).toEqual([`dynamodb:Query ${TABLE}/index/byName jane`]);
    expect(permissions('Scan', { TableName, IndexName: 'byName' })).toEqual([
      `dynamodb:Scan ${TABLE}/index/byName -`,
    ]);
  });

  it('has one permission for each part of a transaction', () => {
    const TransactItems = [
      { Put: { TableName, Item: { ...Key, pk: { S: 'a' } } } },
      { Update: { TableName, Key: { ...Key, pk: { S: 'b' } } } },
      { Delete: { TableName, Key: { ...Key, pk: { S: 'c' } } } },
      { ConditionCheck: { TableName, Key: { ...Key, pk: { N: '4' } } } },
    ];
    expect(permissions('TransactWriteItems', { TransactItems })).toEqual([
      `dynamodb:PutItem ${TABLE} a`,
      `dynamodb:UpdateItem ${TABLE} b`,
      `dynamodb:DeleteItem ${TABLE} c`,
      `dynamodb:ConditionCheckItem ${TABLE} 4`,
    ]);
    const gets = { TransactItems: [{ Get: { TableName, Key } }] };
    expect(permissions('TransactGetItems', gets)).toEqual([`dynamodb:GetItem ${TABLE} d#USER`]);
    expect(permissionsOf('TransactGetItems', gets, tables)[0]?.context).toMatchObject({
      'dynamodb:EnclosingOperation': 'TransactGetItems',
    });
  });

  it('has one permission for each table of a batch, with all partition keys', () => {
    const other = { ...Key, pk: { S: 'd#GROUP' } };
    expect(
      permissions('BatchGetItem', {
        RequestItems: { users: { Keys: [Key, other] }, roles: { Keys: [Key] } },
      }),
    ).toEqual([
      `dynamodb:BatchGetItem ${TABLE} d#USER,d#GROUP`,
      // The template does not have this table, so its partition key is unknown.
      'dynamodb:BatchGetItem arn:aws:dynamodb:us-east-1:000000000000:table/roles -',
    ]);
    const writes = [{ PutRequest: { Item: Key } }, { DeleteRequest: { Key: other } }];
    expect(permissions('BatchWriteItem', { RequestItems: { users: writes } })).toEqual([
      `dynamodb:BatchWriteItem ${TABLE} d#USER,d#GROUP`,
    ]);
  });

  it('needs a permission for operations without items too', () => {
    expect(permissions('DescribeTable', { TableName })).toEqual([`dynamodb:DescribeTable ${TABLE} -`]);
    expect(permissions('ListTables', {})).toEqual(['dynamodb:ListTables * -']);
  });

  it('names the attributes that a request mentions', () => {
    const request = {
      TableName,
      Key,
      UpdateExpression: 'SET #a.b = if_not_exists(counts[0], :zero), c = c + :one REMOVE #d ADD e :one',
      ConditionExpression: 'attribute_exists(pk) AND NOT (f IN (:one, g)) AND size(h) BETWEEN :zero AND :one',
      ExpressionAttributeNames: { '#a': 'alpha', '#d': 'delta' },
      ReturnValues: 'ALL_NEW',
    };
    const [{ context = {} } = {}] = permissionsOf('UpdateItem', request, tables);
    expect(valuesOf(context, 'dynamodb:Attributes')?.toSorted()).toEqual(
      ['alpha', 'c', 'counts', 'delta', 'e', 'f', 'g', 'h', 'pk', 'sk'].sort(),
    );
    expect(valuesOf(context, 'dynamodb:ReturnValues')).toEqual(['ALL_NEW']);
  });
});
