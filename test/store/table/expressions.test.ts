import { conditionExpression, updateExpressions } from '../../../shared/store/table/expressions';

describe('updateExpressions', () => {
  it('has a clause for each kind of change, and declares each name and value once', () => {
    const changes = {
      set: { status: 'due' },
      setIfAbsent: { firstTriedAt: 'now' },
      copy: { activationId: { from: 'keptActivationId', otherwise: 'new' } },
      remove: ['error'],
      add: { attempts: 1 },
      deleteElements: { groupIds: new Set(['a']) },
    };
    const condition = {
      expression: '#status = :before AND attribute_exists(pk)',
      values: { before: 'sent' },
    };
    expect(updateExpressions(changes, condition)).toEqual({
      UpdateExpression:
        'SET #status = :status, #firstTriedAt = if_not_exists(#firstTriedAt, :firstTriedAt), ' +
        '#activationId = if_not_exists(#keptActivationId, :activationId) ' +
        'REMOVE #error ADD #attempts :attempts DELETE #groupIds :groupIds',
      ConditionExpression: '#status = :before AND attribute_exists(pk)',
      ExpressionAttributeNames: {
        '#status': 'status',
        '#firstTriedAt': 'firstTriedAt',
        '#activationId': 'activationId',
        '#keptActivationId': 'keptActivationId',
        '#error': 'error',
        '#attempts': 'attempts',
        '#groupIds': 'groupIds',
      },
      ExpressionAttributeValues: {
        ':status': { S: 'due' },
        ':firstTriedAt': { S: 'now' },
        ':activationId': { S: 'new' },
        ':attempts': { N: '1' },
        ':groupIds': { SS: ['a'] },
        ':before': { S: 'sent' },
      },
    });
  });

  it('skips attributes whose value is undefined', () => {
    expect(updateExpressions({ set: { name: 'Ada', language: undefined } })).toEqual({
      UpdateExpression: 'SET #name = :name',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':name': { S: 'Ada' } },
    });
  });

  it('has no empty declarations, which DynamoDB rejects', () => {
    expect(updateExpressions({ remove: ['seats'] })).toEqual({
      UpdateExpression: 'REMOVE #seats',
      ExpressionAttributeNames: { '#seats': 'seats' },
    });
    expect(conditionExpression({ expression: 'attribute_exists(pk)' })).toEqual({
      ConditionExpression: 'attribute_exists(pk)',
    });
    expect(conditionExpression(undefined)).toBeUndefined();
  });

  it('throws if the update and its condition have a value of the same name', () => {
    const condition = { expression: '#status = :status', values: { status: 'sent' } };
    expect(() => updateExpressions({ set: { status: 'due' } }, condition)).toThrow('":status"');
  });
});
