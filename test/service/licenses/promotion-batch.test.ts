import type { DynamoDBRecord } from 'aws-lambda';
import { PROMOTION_TIME_LIMIT_MS, promoteBatch } from '../../../shared/service/licenses/promotion-batch';
import { activeLicense, streamRecord } from '../../support/mail/license-images';

let sequence = 0;

/** Returns a stream record of a change of an item. `before` and `after` are images without keys. */
function record(
  pk: string,
  sk: string,
  before: Record<string, string> | undefined,
  after: Record<string, string> | undefined,
): DynamoDBRecord {
  const keys = { pk: { S: pk }, sk: { S: sk } };
  const image = (fields: Record<string, string> | undefined) =>
    fields && { ...keys, ...Object.fromEntries(Object.entries(fields).map(([name, S]) => [name, { S }])) };
  return {
    eventName: before ? 'MODIFY' : 'INSERT',
    dynamodb: {
      SequenceNumber: String(++sequence),
      Keys: keys,
      NewImage: image(after),
      OldImage: image(before),
    },
  };
}

/** Returns a stream record of a change of the status of a license. */
const licenseRecord = (domainId: string, status: string): DynamoDBRecord =>
  record(
    `${domainId}#LICENSE`,
    'user',
    { status: 'active', changeId: 'before' },
    { status, changeId: `${domainId} ${status}` },
  );

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
  const absorbed: string[] = [];
  const timeUp: boolean[] = [];
  const errors: unknown[] = [];
  const failures = await promoteBatch(records, {
    promote: (domainId, isTimeUp) => {
      processed.push(domainId);
      timeUp.push(isTimeUp());
      if (failing.includes(domainId)) return Promise.reject(new Error('throttled'));
      return Promise.resolve({ promoted: 1, finished: !slow.includes(domainId) });
    },
    absorb: (domainId) => Promise.resolve(void absorbed.push(domainId)),
    remainingMs,
    onResult: () => {},
    onError: (_domainId, error) => errors.push(error),
  });
  return {
    processed,
    absorbed,
    timeUp,
    errors,
    failures: failures.map(({ itemIdentifier }) => itemIdentifier),
  };
}

const numberOf = (record: DynamoDBRecord | undefined): string => record?.dynamodb?.SequenceNumber ?? '';

describe('promoteBatch', () => {
  it('promotes in the domains in which a license ended or was queued, or whose seats changed', async () => {
    const records = [
      licenseRecord('a', 'inactive'),
      licenseRecord('b', 'pending'),
      licenseRecord('c', 'active'),
      record('d#COUNTS', 'SEATS', { seatPolicy: 'wait' }, { seatPolicy: 'refuse' }),
      record('e#COUNTS', '07', {}, {}),
    ];
    expect(await run(records)).toMatchObject({ processed: ['a', 'b', 'd'], absorbed: [], failures: [] });
  });

  it('promotes once per domain', async () => {
    const records = [
      licenseRecord('a', 'inactive'),
      licenseRecord('b', 'pending'),
      licenseRecord('a', 'pending'),
    ];
    expect(await run(records)).toMatchObject({ processed: ['b', 'a'], failures: [] });
  });

  it('first adds what the previous version has counted', async () => {
    const records = [
      record('DOMAIN#a', 'COUNTS', { users: '1' }, { users: '2' }),
      licenseRecord('a', 'inactive'),
      record('DOMAIN#a', 'DOMAIN', {}, {}),
      licenseRecord('b', 'inactive'),
    ];
    expect(await run(records)).toMatchObject({ processed: ['a', 'b'], absorbed: ['a'] });
  });

  it('ignores licenses whose status is the same, and removals', async () => {
    const license = activeLicense();
    const ended = { status: 'inactive', changeId: 'c' };
    const records = [
      streamRecord(undefined, license),
      streamRecord(license, undefined),
      record('a#LICENSE', 'user', ended, { ...ended, resendId: 'r' }),
    ];
    expect(await run(records)).toMatchObject({ processed: [], failures: [] });
  });

  it('reports the last record of each failed or unfinished domain and continues with the others', async () => {
    const records = ['a', 'a', 'b', 'c'].map((domainId) => licenseRecord(domainId, 'inactive'));
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
    const { timeUp } = await run([licenseRecord('a', 'inactive'), licenseRecord('b', 'inactive')], {
      remainingMs: () => clock.shift() ?? 0,
    });
    expect(timeUp).toEqual([false, true]);
  });
});
