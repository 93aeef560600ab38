import type { DynamoDBRecord } from 'aws-lambda';
import { deletionIn, parseSweepTask, sweepTaskIn } from '../../../shared/service/sweep/sweep-task';

const record = (eventName: 'INSERT' | 'MODIFY' | 'REMOVE', pk: string, sk: string): DynamoDBRecord => ({
  eventName,
  dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } } },
});

it.each([
  ['a deleted group', record('REMOVE', 'd#GROUP', 'g'), { domainId: 'd', groupId: 'g' }],
  ['a deleted domain', record('REMOVE', 'DOMAIN#d', 'DOMAIN'), { domainId: 'd' }],
  [
    'a request to index addresses',
    record('INSERT', 'd#EMAIL', '#REQUEST'),
    { domainId: 'd', indexesAddresses: true },
  ],
  ['a repeated request', record('MODIFY', 'd#EMAIL', '#REQUEST'), { domainId: 'd', indexesAddresses: true }],
])('%s is a task, and survives a message', (_, each, task) => {
  expect(sweepTaskIn(each)).toEqual(task);
  expect(parseSweepTask(JSON.stringify(task))).toEqual(task);
});

it.each([
  ['a changed group', record('MODIFY', 'd#GROUP', 'g')],
  ['a changed domain', record('MODIFY', 'DOMAIN#d', 'DOMAIN')],
  ['a deleted user', record('REMOVE', 'd#USER', 'u')],
  ['a finished request', record('REMOVE', 'd#EMAIL', '#REQUEST')],
  ['a user with many addresses', record('INSERT', 'd#EMAIL', 'u')],
])('%s is no task', (_, each) => {
  expect(sweepTaskIn(each)).toBeUndefined();
  expect(deletionIn(each)).toBeUndefined();
});
