import type { DynamoDBRecord } from 'aws-lambda';
import { MAX_DELIVERY_MS, type DeliveryOutcome } from '../../../shared/mail/delivery/delivery';
import type { PlannedEntry } from '../../../shared/mail/content/planned-mail';
import { entryOfRecord, deliverBatch } from '../../../shared/mail/delivery/delivery-batch';
import { activeLicense, endedLicense, streamRecord } from '../../support/mail/license-images';

const SENT: DeliveryOutcome = { outcome: 'sent', messageId: 'm-1' };

/** Runs a batch; `deliver` is told of each mail, and throws where it fails. */
async function run(
  records: DynamoDBRecord[],
  {
    failing = [] as string[],
    remainingMs = () => 60_000,
  }: { failing?: string[]; remainingMs?: () => number } = {},
) {
  const tried: PlannedEntry[] = [];
  const errors: unknown[] = [];
  const response = await deliverBatch(records, {
    deliver: (entry) => {
      tried.push(entry);
      return failing.includes(entry.ref.userId)
        ? Promise.reject(new Error('throttled'))
        : Promise.resolve(SENT);
    },
    remainingMs,
    onOutcome: () => {},
    onError: (_record, error) => errors.push(error),
  });
  return {
    users: tried.map(({ ref }) => ref.userId),
    kinds: tried.map(({ kind }) => kind),
    failures: response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    errors,
  };
}

const numberOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? '';
const activation = (userId: string) => streamRecord(undefined, activeLicense({ userId }));

describe('handleBatch', () => {
  it('delivers the mails in the order of the records', async () => {
    const license = activeLicense({ userId: 'a' });
    const records = [
      streamRecord(undefined, license),
      activation('b'),
      streamRecord(license, endedLicense(license)),
    ];
    const { users, kinds, failures } = await run(records);
    expect(users).toEqual(['a', 'b', 'a']);
    expect(kinds).toEqual(['license-key', 'license-key', 'license-deactivated']);
    expect(failures).toEqual([]);
  });

  it('reports the record that failed, and goes on with the others', async () => {
    const records = ['a', 'b', 'c'].map(activation);
    const { users, failures, errors } = await run(records, { failing: ['b'] });
    expect(users).toEqual(['a', 'b', 'c']);
    expect(failures).toEqual([records[1]].map((record) => numberOf(record as DynamoDBRecord)));
    expect(errors).toEqual([new Error('throttled')]);
  });

  it('lets no change of a license overtake one that failed', async () => {
    const license = activeLicense({ userId: 'a' });
    const records = [
      streamRecord(undefined, license),
      activation('b'),
      streamRecord(license, endedLicense(license)),
    ];
    const { users, failures } = await run(records, { failing: ['a'] });
    expect(users).toEqual(['a', 'b']);
    expect(failures).toEqual([records[0], records[2]].map((record) => numberOf(record as DynamoDBRecord)));
  });

  it('reports a record that cannot be read, and goes on', async () => {
    const broken = activation('a');
    delete broken.dynamodb?.NewImage?.email;
    const { users, failures } = await run([broken, activation('b')]);
    expect(users).toEqual(['b']);
    expect(failures).toEqual([numberOf(broken)]);
  });

  it('puts off what it has no time for, but always tries the first', async () => {
    const records = ['a', 'b', 'c'].map(activation);
    const { users, failures } = await run(records, { remainingMs: () => MAX_DELIVERY_MS - 1 });
    expect(users).toEqual(['a']);
    expect(failures).toEqual([numberOf(records[1] as DynamoDBRecord)]);
  });

  it('fails as a whole where a failed record has no sequence number: none would be retried otherwise', async () => {
    const record = activation('a');
    delete record.dynamodb?.SequenceNumber;
    await expect(run([record], { failing: ['a'] })).rejects.toThrow('sequence number');
  });
});

describe('entryOfRecord', () => {
  it('ignores the removal of a license', () => {
    expect(entryOfRecord(streamRecord(activeLicense(), undefined))).toBeUndefined();
  });

  it('ignores items that are no licenses', () => {
    const record = streamRecord(undefined, activeLicense());
    expect(
      entryOfRecord({ ...record, dynamodb: { NewImage: { pk: { S: 'domain-1#USER' }, sk: { S: 'u' } } } }),
    ).toBeUndefined();
  });
});
