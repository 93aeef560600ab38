import type { DynamoDBRecord } from 'aws-lambda';
import {
  deletionIn,
  TIME_RESERVE_MS,
  sweepBatch,
  type SweepTask,
} from '../../../shared/service/sweep/sweep-batch';

let sequence = 0;

const deletion = (groupId: string, pk = 'd#GROUP'): DynamoDBRecord => ({
  eventName: 'REMOVE',
  dynamodb: { SequenceNumber: String(++sequence), Keys: { pk: { S: pk }, sk: { S: groupId } } },
});
const numberOf = (record: DynamoDBRecord | undefined): string => record?.dynamodb?.SequenceNumber ?? '';

/** Sweeps a batch in 10 minutes in addition to the reserve. `minutes` is the duration for each group, 1 by default. */
async function run(
  records: DynamoDBRecord[],
  { minutes = {}, failing = [] }: { minutes?: Record<string, number>; failing?: string[] } = {},
) {
  let remaining = TIME_RESERVE_MS + 600_000;
  const outcomes: [string, string][] = [];
  const response = await sweepBatch(records, {
    sweep: ({ groupId = 'domain' }, isTimeUp) => {
      if (failing.includes(groupId)) return Promise.reject(new Error('throttled'));
      for (let left = minutes[groupId] ?? 1; left > 0; left--) {
        if (isTimeUp()) return Promise.resolve('unfinished');
        remaining -= 60_000;
      }
      return Promise.resolve('swept');
    },
    remainingMs: () => remaining,
    onOutcome: ({ groupId = 'domain' }, outcome) => outcomes.push([groupId, outcome]),
    onError: ({ groupId = 'domain' }, error) => outcomes.push([groupId, String(error)]),
  });
  return { outcomes, failures: response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

describe('sweepBatch', () => {
  it('sweeps the groups in the order of their deletions', async () => {
    const { outcomes, failures } = await run(['a', 'b'].map((id) => deletion(id)));
    expect(outcomes).toEqual([
      ['a', 'swept'],
      ['b', 'swept'],
    ]);
    expect(failures).toEqual([]);
  });

  it('reports an unfinished group and leaves time for the others', async () => {
    const records = ['large', 'b', 'c'].map((id) => deletion(id));
    const { outcomes, failures } = await run(records, { minutes: { large: 1000 } });
    expect(outcomes).toEqual([
      ['large', 'unfinished'],
      ['b', 'swept'],
      ['c', 'swept'],
    ]);
    expect(failures).toEqual([numberOf(records[0])]);
  });

  it('gives each of several large groups a share, so that all make progress', async () => {
    const records = ['a', 'b', 'c', 'd'].map((id) => deletion(id));
    const minutes = Object.fromEntries(['a', 'b', 'c', 'd'].map((id) => [id, 1000]));
    const { outcomes, failures } = await run(records, { minutes });
    expect(outcomes.map(([, outcome]) => outcome)).toEqual(Array(4).fill('unfinished'));
    expect(failures).toEqual(records.map(numberOf));
  });

  it('passes the unused time of a small group to the groups behind it', async () => {
    const records = ['small', 'large'].map((id) => deletion(id));
    const { outcomes } = await run(records, { minutes: { large: 9 } });
    expect(outcomes).toEqual([
      ['small', 'swept'],
      ['large', 'swept'],
    ]);
  });

  it('reports a group whose sweep fails and continues', async () => {
    const records = ['a', 'b'].map((id) => deletion(id));
    const { outcomes, failures } = await run(records, { failing: ['a'] });
    expect(outcomes).toEqual([
      ['a', 'Error: throttled'],
      ['b', 'swept'],
    ]);
    expect(failures).toEqual([numberOf(records[0])]);
  });

  it('gives a domain the same share as a group', async () => {
    const records = [deletion('DOMAIN', 'DOMAIN#d'), deletion('a')];
    const { outcomes, failures } = await run(records, { minutes: { domain: 1000 } });
    expect(outcomes).toEqual([
      ['domain', 'unfinished'],
      ['a', 'swept'],
    ]);
    expect(failures).toEqual([numberOf(records[0])]);
  });

  it('ignores other records', async () => {
    const { outcomes, failures } = await run([deletion('u', 'd#USER'), deletion('a')]);
    expect(outcomes).toEqual([['a', 'swept']]);
    expect(failures).toEqual([]);
  });

  it('throws if a failed record has no sequence number, because Lambda would retry none', async () => {
    const record = deletion('a');
    delete record.dynamodb?.SequenceNumber;
    await expect(run([record], { failing: ['a'] })).rejects.toThrow('sequence number');
  });
});

describe('a request to index the addresses of a domain', () => {
  const request = (eventName: 'INSERT' | 'MODIFY' | 'REMOVE', pk = 'd#EMAIL'): DynamoDBRecord => ({
    ...deletion('#REQUEST', pk),
    eventName,
  });
  const tasksOf = async (records: DynamoDBRecord[]) => {
    const tasks: SweepTask[] = [];
    await sweepBatch(records, {
      sweep: (task) => Promise.resolve(void tasks.push(task)).then(() => 'swept'),
      remainingMs: () => 600_000,
      onOutcome: () => {},
      onError: (_, error) => {
        throw error;
      },
    });
    return tasks;
  };

  it('is a task, also if it is repeated', async () => {
    const task = { domainId: 'd', indexesAddresses: true };
    expect(await tasksOf([request('INSERT'), request('MODIFY')])).toEqual([task, task]);
  });

  it('is no task once it is done, and neither is an address', async () => {
    expect(await tasksOf([request('REMOVE'), request('INSERT', 'd#EMAIL#x#EMAIL')])).toEqual([]);
  });
});

describe('deletionIn', () => {
  it('returns the group of a removed group item, whoever removed it', () => {
    const byTtl = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
    const group = { domainId: 'd', groupId: 'g' };
    expect(deletionIn(deletion('g'))).toEqual(group);
    expect(deletionIn({ ...deletion('g'), userIdentity: byTtl })).toEqual(group);
  });

  it('returns the domain of a removed domain item', () => {
    expect(deletionIn(deletion('DOMAIN', 'DOMAIN#d'))).toEqual({ domainId: 'd' });
  });

  it.each([
    ['a SCIM key', deletion('KEY#k', 'DOMAIN#d')],
    ['the counts of a domain', deletion('COUNTS', 'DOMAIN#d')],
    ['a changed domain', { ...deletion('DOMAIN', 'DOMAIN#d'), eventName: 'MODIFY' as const }],
    ['the entry of a domain in the list of domains', deletion('d', 'DOMAINS')],
    ['a page mark of groups', deletion('0000000101', 'd#PAGE#GROUP')],
    ['a name claim', deletion('CLAIM', 'd#NAME#GROUP#sales')],
    ['a claim of a name that ends like the key of a group', deletion('CLAIM', 'd#NAME#GROUP#x#GROUP')],
    ['a membership', deletion('USER#u', 'd#GROUP#g')],
    ['a user', deletion('u', 'd#USER')],
    ['a changed group', { ...deletion('g'), eventName: 'MODIFY' as const }],
    ['an empty record', {}],
  ])('is undefined for %s', (_, record) => {
    expect(deletionIn(record)).toBeUndefined();
  });
});
