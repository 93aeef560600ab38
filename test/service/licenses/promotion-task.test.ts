import type { DynamoDBRecord } from 'aws-lambda';
import { parsePromotionTask, promotionsIn } from '../../../shared/service/licenses/promotion-task';
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

const domainsIn = (records: DynamoDBRecord[]) => promotionsIn(records).map(({ work }) => work.domainId);

it('promotes in the domains in which a license ended or was queued, or whose seats changed', () => {
  const records = [
    licenseRecord('a', 'inactive'),
    licenseRecord('b', 'pending'),
    licenseRecord('c', 'active'),
    record('d#COUNTS', 'SEATS', { seatPolicy: 'wait' }, { seatPolicy: 'refuse' }),
    record('e#COUNTS', '07', {}, {}),
  ];
  expect(domainsIn(records)).toEqual(['a', 'b', 'd']);
});

it('promotes once in each domain, for the last of its records', () => {
  const records = [
    licenseRecord('a', 'inactive'),
    licenseRecord('b', 'pending'),
    licenseRecord('a', 'pending'),
  ];
  expect(promotionsIn(records)).toEqual([
    { first: records[1], last: records[1], work: { domainId: 'b' } },
    { first: records[0], last: records[2], work: { domainId: 'a' } },
  ]);
});

it('first adds what the previous version has counted, wherever its record is in the batch', () => {
  const records = [
    record('DOMAIN#a', 'COUNTS', { users: '1' }, { users: '2' }),
    licenseRecord('a', 'inactive'),
    record('DOMAIN#a', 'DOMAIN', {}, {}),
    licenseRecord('b', 'inactive'),
    record('DOMAIN#b', 'COUNTS', { users: '1' }, { users: '2' }),
    licenseRecord('c', 'inactive'),
  ];
  expect(promotionsIn(records).map(({ work }) => work)).toEqual([
    { domainId: 'a', absorbs: true },
    { domainId: 'b', absorbs: true },
    { domainId: 'c' },
  ]);
});

it('starts at the first record of the domain, so that a batch that is delivered again still adds these counts', () => {
  const records = [
    licenseRecord('b', 'inactive'),
    record('DOMAIN#a', 'COUNTS', { users: '1' }, { users: '2' }),
    licenseRecord('a', 'inactive'),
  ];
  const [, promotion] = promotionsIn(records);
  const redelivered = records.slice(records.findIndex((each) => each === promotion?.first));
  expect(promotionsIn(redelivered).map(({ work }) => work)).toEqual([{ domainId: 'a', absorbs: true }]);
});

it('ignores licenses whose status is the same, and removals', () => {
  const license = activeLicense();
  const ended = { status: 'inactive', changeId: 'c' };
  const records: DynamoDBRecord[] = [
    streamRecord(undefined, license),
    streamRecord(license, undefined),
    record('a#LICENSE', 'user', ended, { ...ended, resendId: 'r' }),
    { ...record('DOMAIN#a', 'COUNTS', { deletedAt: 'then' }, undefined), eventName: 'REMOVE' },
  ];
  expect(domainsIn(records)).toEqual([]);
});

it('reads the task that it has sent', () => {
  for (const task of [{ domainId: 'a' }, { domainId: 'a', absorbs: true } as const])
    expect(parsePromotionTask(JSON.stringify(task))).toEqual(task);
});

it.each(['not JSON', '{}', '{"domainId":""}', '{"domainId":7}'])('refuses the body %s', (body) => {
  expect(() => parsePromotionTask(body)).toThrow();
});
