import type { DynamoDBRecord } from 'aws-lambda';
import type { GroupedMessage } from '../../../shared/queue/message-queue';
import {
  dispatchBatch,
  type DispatchRoute,
  perRecord,
  type RecordedWork,
  type Work,
} from '../../../shared/service/dispatch/dispatch-batch';

/** A record with a number, of the kinds `kinds`. */
const record = (number: number, domainId: string, ...kinds: string[]): DynamoDBRecord => ({
  eventID: `event-${number}`,
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: String(number), Keys: { pk: { S: domainId }, sk: { S: kinds.join(' ') } } },
});

let sent: Record<string, readonly GroupedMessage<Work>[]>;
let errors: string[];
beforeEach(() => {
  [sent, errors] = [{}, []];
});

const route = (
  kind: string,
  accept: () => Promise<readonly number[]> = () => Promise.resolve([]),
): DispatchRoute => ({
  kind,
  workIn: perRecord(({ dynamodb }) =>
    dynamodb?.Keys?.sk?.S?.split(' ').includes(kind) ? { domainId: dynamodb.Keys.pk?.S ?? '' } : undefined,
  ),
  send: (messages) => {
    sent[kind] = messages;
    return accept();
  },
});

const dispatch = async (records: DynamoDBRecord[], ...routes: DispatchRoute[]) => {
  const { batchItemFailures } = await dispatchBatch(records, {
    routes,
    onSent: () => {},
    onError: (kind, error) => errors.push(`${kind}: ${String(error)}`),
  });
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

it('sends the work of each record to the queues of its kinds, grouped by domain, in order', async () => {
  const records = [
    record(1, 'a', 'sweep'),
    record(2, 'b', 'sweep', 'event'),
    record(3, 'a'),
    record(4, 'a', 'sweep'),
  ];
  expect(await dispatch(records, route('sweep'), route('event'))).toEqual([]);
  expect(sent.sweep?.map(({ groupId, deduplicationId, body }) => [groupId, deduplicationId, body])).toEqual([
    ['a', 'sweep-event-1', { domainId: 'a' }],
    ['b', 'sweep-event-2', { domainId: 'b' }],
    ['a', 'sweep-event-4', { domainId: 'a' }],
  ]);
  expect(sent.event).toHaveLength(1);
});

it('sends nothing to a queue for which there is no work', async () => {
  expect(await dispatch([record(1, 'a', 'event')], route('sweep'), route('event'))).toEqual([]);
  expect(Object.keys(sent)).toEqual(['event']);
});

it('reports the records whose messages were not accepted', async () => {
  const records = [record(1, 'a'), record(2, 'a', 'sweep'), record(3, 'b', 'sweep')];
  expect(
    await dispatch(
      records,
      route('sweep', () => Promise.resolve([1])),
    ),
  ).toEqual(['3']);
  expect(errors).toEqual(['sweep: Error: The queue did not accept 1 messages.']);
});

it('reports the records of a queue that cannot be reached, but still serves the others', async () => {
  const records = [record(1, 'a', 'sweep', 'event'), record(2, 'b', 'event')];
  const down = route('sweep', () => Promise.reject(new Error('unreachable')));
  expect(await dispatch(records, down, route('event'))).toEqual(['1']);
  expect(sent.event).toHaveLength(2);
});

/** One piece of work for a whole batch. */
const wholeBatch = (records: readonly DynamoDBRecord[]): RecordedWork[] => {
  const [first, last] = [records[0], records.at(-1)];
  return first && last ? [{ first, last, work: { domainId: 'a' } }] : [];
};

const perBatch = (accept?: () => Promise<readonly number[]>): DispatchRoute => ({
  ...route('seats', accept),
  workIn: wholeBatch,
});

it('gives one message for several records the id of the last one, which is new when records follow', async () => {
  const records = [record(1, 'a'), record(2, 'a')];
  expect(
    await dispatch(
      records,
      perBatch(() => Promise.resolve([0])),
    ),
  ).toEqual(['1']);
  await dispatch([...records, record(3, 'a')], perBatch());
  expect(sent.seats?.map(({ deduplicationId }) => deduplicationId)).toEqual(['seats-event-3']);
});

it('reports the first of the records that cause a refused message, so that what only this one shows is not lost', async () => {
  const records = [record(1, 'b', 'sweep'), record(2, 'a'), record(3, 'a')];
  const work = (batch: readonly DynamoDBRecord[]) => wholeBatch(batch.slice(1));
  for (const accept of [() => Promise.resolve([0]), () => Promise.reject(new Error('unreachable'))])
    expect(await dispatch(records, { ...perBatch(accept), workIn: work }, route('sweep'))).toEqual(['2']);
});

it('delivers the whole batch again if the work of a kind cannot be found, and sends the other kinds', async () => {
  const records = [record(1, 'a', 'sweep'), record(2, 'a')];
  const unreadable: DispatchRoute = {
    kind: 'event',
    workIn: () => Promise.reject(new Error('The list of consumers cannot be read.')),
    send: () => Promise.resolve([]),
  };
  expect(await dispatch(records, unreadable, route('sweep'))).toEqual(['1', '2']);
  expect(sent.sweep).toHaveLength(1);
  expect(errors).toEqual(['event: Error: The list of consumers cannot be read.']);
});
