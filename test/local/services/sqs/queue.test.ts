import { Queue, type StoredMessage } from '../../../../local/services/sqs/queue';

const HIDDEN_MS = 30_000;
const RETENTION_MS = 3_600_000;

let now: number;
let kept: readonly StoredMessage[];
let queue: Queue;

const open = (stored: readonly StoredMessage[] = []) =>
  new Queue(
    { name: 'q', visibilityTimeoutMs: HIDDEN_MS, retentionMs: RETENTION_MS },
    stored,
    (messages) => (kept = messages),
    () => now,
  );

beforeEach(() => {
  now = Date.UTC(2026, 2, 1);
  kept = [];
  queue = open();
});

const bodies = async (limit = 10, hiddenMs?: number) =>
  (await queue.receive(limit, 0, hiddenMs)).map(({ body }) => body);

it('returns messages oldest first, up to the limit', async () => {
  for (const body of ['a', 'b', 'c']) queue.send(body);
  expect(await bodies(2)).toEqual(['a', 'b']);
  expect(await bodies(2)).toEqual(['c']);
});

it('hides a received message for the default or requested time, and then returns it again', async () => {
  queue.send('a');
  expect(await bodies()).toEqual(['a']);
  now += HIDDEN_MS - 1;
  expect(await bodies()).toEqual([]);
  now += 1;
  expect(await bodies(10, 60_000)).toEqual(['a']);
  now += 59_999;
  expect(await bodies()).toEqual([]);
  now += 1;
  expect((await queue.receive(1, 0)).map(({ receiveCount }) => receiveCount)).toEqual([3]);
});

it('returns a new handle with each receipt, and only the last one deletes the message', async () => {
  queue.send('a');
  const [first] = await queue.receive(1, 0, 0);
  const [second] = await queue.receive(1, 0, 0);
  expect(first?.messageId).toBe(second?.messageId);
  expect(first?.receiptHandle).not.toBe(second?.receiptHandle);
  expect(queue.delete(first?.receiptHandle ?? '')).toBe(true);
  expect(await bodies(1, 0)).toEqual(['a']);
  const [last] = await queue.receive(1, 0, 0);
  expect(queue.delete(last?.receiptHandle ?? '')).toBe(true);
  expect(await bodies()).toEqual([]);
  expect(kept).toEqual([]);
});

it('refuses a malformed handle', () => {
  expect(queue.delete('nothing')).toBe(false);
});

it('drops messages that are older than the retention period', async () => {
  queue.send('a');
  now += RETENTION_MS;
  expect(await bodies()).toEqual([]);
  expect(queue.all()).toEqual([]);
});

it('starts with the stored messages, which are visible', async () => {
  queue.send('a');
  await queue.receive(1, 0);
  queue = open(kept);
  expect(await bodies()).toEqual(['a']);
});

it('waits for a message if there is none', async () => {
  const received = queue.receive(1, 20_000);
  queue.send('late');
  expect((await received).map(({ body }) => body)).toEqual(['late']);
});
