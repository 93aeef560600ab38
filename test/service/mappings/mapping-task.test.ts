import type { DynamoDBRecord } from 'aws-lambda';
import { mappingWorkOf } from '../../../shared/service/mappings/mapping-route';
import { mappingTasksIn, parseMappingTask } from '../../../shared/service/mappings/mapping-task';

const MAPPED = 'a2c3b1de-0000-7000-8000-000000000001';
const OTHER = 'a2c3b1de-0000-7000-8000-000000000002';

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

let sequence = 0;
const record = (pk: string, sk: string, before?: Image, after?: Image): DynamoDBRecord => ({
  eventName: !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE',
  dynamodb: {
    SequenceNumber: String(++sequence),
    Keys: { pk: { S: pk }, sk: { S: sk } },
    ...(before && { OldImage: before }),
    ...(after && { NewImage: after }),
  },
});
const user = (id: string, before?: Image, after?: Image, domainId = MAPPED) =>
  record(`${domainId}#USER`, id, before, after);
const group = (id: string, before?: Image, after?: Image, domainId = MAPPED) =>
  record(`${domainId}#GROUP`, id, before, after);
const evaluation = (before?: Image, after?: Image) =>
  record(`${OTHER}#MAPPINGS`, 'MAPPING-EVALUATION', before, after);

const data = (attributes: Record<string, string>, more: Image = {}): Image => ({
  data: { M: Object.fromEntries(Object.entries(attributes).map(([name, S]) => [name, { S }])) },
  version: { N: '1' },
  ...more,
});
const named = (displayName: string, more: Image = {}) => data({ displayName }, more);

const tasksIn = (...records: DynamoDBRecord[]) =>
  mappingTasksIn(records, (domainId) => domainId === MAPPED).map(({ work }) =>
    parseMappingTask(JSON.stringify(work)),
  );

describe('the tasks of a batch', () => {
  it('has one task for all users of a domain with mappings', () => {
    const [a, b] = [data({ userName: 'a' }), data({ userName: 'b' })];
    const groups = (...SS: string[]) => data({ userName: 'a' }, { groupIds: { SS } });
    const records = [
      user('1', undefined, a),
      user('2', a, b),
      user('3', a, groups('g')),
      user('4', a),
      user('1', a, b),
      user('5', a, b, OTHER),
      // Neither of these changes what mappings look at.
      user('6', a, { ...a, lastModified: { S: 'now' } }),
      user('7', { ...a, creation: { M: {} } }, a),
    ];
    expect(tasksIn(...records)).toEqual([{ domainId: MAPPED, userIds: ['1', '2', '3', '4'] }]);
    const [work] = mappingTasksIn(records, () => true);
    expect(work).toMatchObject({ first: records[0], last: records[4] });
  });

  it('contains users as they were before the first of their records, unless they are large', () => {
    const stored = (title: string, ...SS: string[]): Image => ({
      ...data({ userName: 'a', title }, { groupIds: { SS }, externalId: { S: 'x' } }),
      ...{ pk: { S: `${MAPPED}#USER` }, sk: { S: '1' }, created: { S: 'then' }, lastModified: { S: 'now' } },
    });
    const large = 'x'.repeat(160_000);
    expect(
      tasksIn(
        user('1', stored('Dr', 'g', 'h'), stored('Prof', 'g')),
        user('1', stored('Prof', 'g'), stored('', 'g')),
        user('2', undefined, stored('')),
        user('3', stored(large, 'g'), stored('', 'g')),
      ),
    ).toEqual([
      {
        domainId: MAPPED,
        userIds: ['1', '2', '3'],
        before: {
          1: { attributes: { userName: 'a', title: 'Dr', externalId: 'x' }, groupIds: ['g', 'h'] },
        },
      },
    ]);
  });

  it('has one for each group that was created, renamed, or deleted, with its names before', () => {
    const external = { externalId: { S: 'x' } };
    expect(
      tasksIn(
        group('1', undefined, named('A')),
        group('2', named('A', external), named('B', external)),
        group('3', named('A'), named('A', external)),
        group('4', named('A')),
        group('5', named('A'), named('B'), OTHER),
        group('6', named('A'), { ...named('A'), memberCount: { N: '7' } }),
      ),
    ).toEqual([
      { domainId: MAPPED, groupId: '1', names: {} },
      { domainId: MAPPED, groupId: '2', names: { displayName: 'A', externalId: 'x' } },
      { domainId: MAPPED, groupId: '3', names: { displayName: 'A' } },
      { domainId: MAPPED, groupId: '4', names: { displayName: 'A' } },
    ]);
  });

  it('has one for each evaluation that starts, whatever the dispatcher knows of the domain', () => {
    const at = (version: string, startedAt: string, done: string): Image => ({
      version: { N: version },
      startedAt: { S: startedAt },
      done: { N: done },
    });
    expect(
      tasksIn(
        evaluation(undefined, at('1', 'a', '0')),
        evaluation(at('1', 'a', '0'), at('1', 'a', '100')),
        evaluation(at('1', 'a', '100'), at('2', 'b', '0')),
        evaluation(at('2', 'b', '100'), at('2', 'c', '0')),
        evaluation(at('2', 'c', '0')),
        record(`${OTHER}#MAPPINGS`, '#CURRENT', undefined, { version: { N: '1' } }),
        record(`${OTHER}#OTHER`, 'MAPPING-EVALUATION', undefined, at('1', 'a', '0')),
      ),
    ).toEqual([
      { domainId: OTHER, evaluates: 1 },
      { domainId: OTHER, evaluates: 2 },
      { domainId: OTHER, evaluates: 2 },
    ]);
  });
});

it('the list of consumers is read only for users and groups', async () => {
  const current = jest.fn(() =>
    Promise.resolve({
      hasMappings: (domainId: string) => domainId === MAPPED,
      eventsOf: () => undefined,
      eventsOfDeployment: undefined,
      hasDeliveries: () => false,
      subscriptionsOf: () => [],
    }),
  );
  const workIn = mappingWorkOf({ current });
  expect(await workIn([record(`${MAPPED}#LICENSE`, 'u', undefined, {})])).toEqual([]);
  expect(current).not.toHaveBeenCalled();
  expect(await workIn([user('1', undefined, data({ userName: 'a' }))])).toHaveLength(1);
  expect(current).toHaveBeenCalledTimes(1);
});

it.each(['{}', '{"domainId":""}', '{"domainId":"d"}'])('a message without work is refused: %s', (body) => {
  expect(() => parseMappingTask(body)).toThrow(/The message names no/);
});
