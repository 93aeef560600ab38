import { isComplete, refusals, unusedGrants } from './check-iam-usage';

const USED_UP = { refused: [], unused: [], outdated: [] };
const grant = { function: 'fn', action: 'dynamodb:PutItem', resource: 'table', key: '*#USER' };

it('checks the use of permissions only if all tests run', () => {
  expect(isComplete({ testPathPattern: '', watch: false })).toBe(true);
  expect(isComplete({ testPathPattern: 'test/store' })).toBe(false);
  expect(isComplete({ testNamePattern: 'creates' })).toBe(false);
  expect(isComplete({ shard: { shardIndex: 1, shardCount: 2 } })).toBe(false);
});

it('names unused permissions, outdated explanations, and refusals', () => {
  expect([...refusals(USED_UP), ...unusedGrants(USED_UP)]).toEqual([]);
  const rare = { actions: ['sqs:SendMessage'], reason: 'never' };
  const report = { refused: ['User: fn'], unused: [grant], outdated: [rare] };
  expect(refusals(report)).toContain('User: fn');
  const text = unusedGrants(report).join('\n');
  expect(text).toContain('fn: dynamodb:PutItem on table for keys *#USER');
  expect(text).toContain('"reason":"never"');
});
