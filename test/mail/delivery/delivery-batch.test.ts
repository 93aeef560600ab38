import type { DynamoDBRecord } from 'aws-lambda';
import { MAX_DELIVERY_MS, type DeliveryOutcome } from '../../../shared/mail/delivery/delivery';
import type { PlannedEntry } from '../../../shared/mail/content/planned-mail';
import { entryOfRecord, deliverBatch } from '../../../shared/mail/delivery/delivery-batch';
import { activeLicense, endedLicense, streamRecord } from '../../support/mail/license-images';

const SENT: DeliveryOutcome = { outcome: 'sent', messageId: 'm-1' };

/** Delivers a batch. Deliveries for the users in `failing` fail. */
async function run(
  records: DynamoDBRecord[],
  {
    failing = [] as string[],
    remainingMs = () => 60_000,
  }: { failing?: string[]; remainingMs?: () => number } = {},
) {
  const delivered: PlannedEntry[] = [];
  const errors: unknown[] = [];
  const response = await deliverBatch(records, {
    deliver: (entry) => {
      delivered.push(entry);
      return failing.includes(entry.ref.userId)
        ? Promise.reject(new Error('throttled'))
        : Promise.resolve(SENT);
    },
    remainingMs,
    onOutcome: () => {},
    onError: (_record, error) => errors.push(error),
  });
  return {
    users: delivered.map(({ ref }) => ref.userId),
    kinds: delivered.map(({ kind }) => kind),
    failures: response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    errors,
  };
}

const numberOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? '';
const activation = (userId: string) =>
  streamRecord(undefined, activeLicense({ userId, email: `${userId}@example.com` }));

describe('deliverBatch', () => {
  it('delivers the emails in the order of the records', async () => {
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

  it('delivers no two emails to one address at the same time, also of two licenses', async () => {
    const deleted = activeLicense({ userId: 'a', email: 'Jane@example.com' });
    const recreated = activeLicense({ userId: 'b', email: 'jane@example.com' });
    let active = 0;
    const observed: string[] = [];
    const deliver = async ({ ref, kind }: PlannedEntry) => {
      if (ref.userId !== 'c') observed.push(`${kind} beside ${active} others`);
      if (ref.userId !== 'c') active++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (ref.userId !== 'c') active--;
      return SENT;
    };
    await deliverBatch(
      [
        streamRecord(deleted, endedLicense(deleted, 'deleted')),
        activation('c'),
        streamRecord(undefined, recreated),
      ],
      { deliver, remainingMs: () => 60_000, onOutcome: () => {}, onError: () => {} },
    );
    expect(observed).toEqual(['license-deactivated beside 0 others', 'license-key beside 0 others']);
  });

  it('reports a failed record and continues with the others', async () => {
    const records = ['a', 'b', 'c'].map(activation);
    const { users, failures, errors } = await run(records, { failing: ['b'] });
    expect(users).toEqual(['a', 'b', 'c']);
    expect(failures).toEqual([records[1]].map((record) => numberOf(record as DynamoDBRecord)));
    expect(errors).toEqual([new Error('throttled')]);
  });

  it('does not deliver a change of a license after an earlier one failed', async () => {
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

  it('reports an unreadable record and continues', async () => {
    const broken = activation('a');
    delete broken.dynamodb?.NewImage?.userName;
    const { users, failures } = await run([broken, activation('b')]);
    expect(users).toEqual(['b']);
    expect(failures).toEqual([numberOf(broken)]);
  });

  it('postpones records if the time is too short, but always processes the first', async () => {
    const records = ['a', 'b', 'c'].map(activation);
    const { users, failures } = await run(records, { remainingMs: () => MAX_DELIVERY_MS - 1 });
    expect(users).toEqual(['a']);
    expect(failures).toEqual([numberOf(records[1] as DynamoDBRecord)]);
  });

  it('throws if a failed record has no sequence number, because Lambda would retry none', async () => {
    const record = activation('a');
    delete record.dynamodb?.SequenceNumber;
    await expect(run([record], { failing: ['a'] })).rejects.toThrow('sequence number');
  });
});

describe('entryOfRecord', () => {
  it('ignores the removal of a license', () => {
    expect(entryOfRecord(streamRecord(activeLicense(), undefined))).toBeUndefined();
  });

  it('ignores items that are not licenses', () => {
    const record = streamRecord(undefined, activeLicense());
    expect(
      entryOfRecord({ ...record, dynamodb: { NewImage: { pk: { S: 'domain-1#USER' }, sk: { S: 'u' } } } }),
    ).toBeUndefined();
  });
});
