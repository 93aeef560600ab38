import type { DynamoDBRecord } from 'aws-lambda';
import { PROMOTION_TIME_LIMIT_MS, promoteBatch } from '../../../shared/service/licenses/promotion-batch';
import { activeLicense, streamRecord } from '../../support/mail/license-images';

let sequence = 0;

/** Returns a stream record of the counts of a domain after a change. */
function countsRecord(
  domainId: string,
  activeLicenses: number,
  pendingLicenses: number,
  seats = 5,
): DynamoDBRecord {
  const numbers = Object.entries({ activeLicenses, pendingLicenses, seats });
  return {
    eventName: 'MODIFY',
    dynamodb: {
      SequenceNumber: String(++sequence),
      Keys: { pk: { S: `DOMAIN#${domainId}` }, sk: { S: 'COUNTS' } },
      NewImage: {
        pk: { S: `DOMAIN#${domainId}` },
        sk: { S: 'COUNTS' },
        ...Object.fromEntries(numbers.map(([name, value]) => [name, { N: String(value) }])),
      },
    },
  };
}

/** Runs a batch. Promotions in the domains in `failing` throw, and those in `slow` do not finish. */
async function run(
  records: DynamoDBRecord[],
  {
    failing = [],
    slow = [],
    remainingMs = () => 60_000,
  }: { failing?: readonly string[]; slow?: readonly string[]; remainingMs?: () => number } = {},
) {
  const processed: string[] = [];
  const timeUp: boolean[] = [];
  const errors: unknown[] = [];
  const failures = await promoteBatch(records, {
    promote: (domainId, isTimeUp) => {
      processed.push(domainId);
      timeUp.push(isTimeUp());
      if (failing.includes(domainId)) return Promise.reject(new Error('throttled'));
      return Promise.resolve({ promoted: 1, finished: !slow.includes(domainId) });
    },
    remainingMs,
    onResult: () => {},
    onError: (_domainId, error) => errors.push(error),
  });
  return { processed, timeUp, errors, failures: failures.map(({ itemIdentifier }) => itemIdentifier) };
}

const numberOf = (record: DynamoDBRecord | undefined): string => record?.dynamodb?.SequenceNumber ?? '';

describe('promoteBatch', () => {
  it('promotes in the domains that have a free seat and a queued license', async () => {
    const records = [
      countsRecord('a', 4, 1),
      countsRecord('b', 5, 1),
      countsRecord('c', 4, 0),
      countsRecord('d', 0, 9),
    ];
    expect(await run(records)).toMatchObject({ processed: ['a', 'd'], failures: [] });
  });

  it('promotes once per domain, according to its last record', async () => {
    const records = [
      countsRecord('a', 4, 1),
      countsRecord('b', 4, 2),
      countsRecord('a', 4, 2),
      countsRecord('b', 5, 1),
    ];
    expect(await run(records)).toMatchObject({ processed: ['a'], failures: [] });
  });

  it('ignores the records of licenses', async () => {
    const license = activeLicense();
    const records = [streamRecord(undefined, license), streamRecord(license, undefined)];
    expect(await run(records)).toMatchObject({ processed: [], failures: [] });
  });

  it('reports the last record of each failed or unfinished domain and continues with the others', async () => {
    const records = [
      countsRecord('a', 4, 1),
      countsRecord('a', 4, 2),
      countsRecord('b', 4, 1),
      countsRecord('c', 4, 1),
    ];
    const { processed, failures, errors } = await run(records, { failing: ['a'], slow: ['c'] });
    expect(processed).toEqual(['a', 'b', 'c']);
    expect(failures).toEqual([numberOf(records[1]), numberOf(records[3])]);
    expect(errors).toEqual([new Error('throttled')]);
  });

  it('takes a part of the time and divides it among the domains', async () => {
    const clock = [
      60_000,
      60_000,
      60_000 - PROMOTION_TIME_LIMIT_MS / 2,
      60_000 - PROMOTION_TIME_LIMIT_MS / 2,
      60_000 - PROMOTION_TIME_LIMIT_MS - 1,
    ];
    const { timeUp } = await run([countsRecord('a', 4, 1), countsRecord('b', 4, 1)], {
      remainingMs: () => clock.shift() ?? 0,
    });
    expect(timeUp).toEqual([false, true]);
  });
});
