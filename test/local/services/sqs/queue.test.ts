import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageLog, type StoredMessage } from '../../../../local/services/sqs/message-log';
import { Queue } from '../../../../local/services/sqs/queue';

const HIDDEN_MS = 30_000;
const RETENTION_MS = 3_600_000;

let now: number;
let directory: string;
let queue: Queue;

const openLog = () => new MessageLog(path.join(directory, 'q.jsonl'));
const open = (settings: object = {}) =>
  new Queue(
    { name: 'q', visibilityTimeoutMs: HIDDEN_MS, retentionMs: RETENTION_MS, ...settings },
    openLog(),
    () => now,
  );

beforeEach(() => {
  now = Date.UTC(2026, 2, 1);
  directory = mkdtempSync(path.join(tmpdir(), 'queue-'));
  queue = open();
});
afterEach(() => rmSync(directory, { recursive: true }));

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

it('delivers a message after its delay', async () => {
  queue.send('later', {}, 60_000);
  queue.send('now');
  expect(await bodies()).toEqual(['now']);
  now += 59_999;
  expect(await bodies()).not.toContain('later');
  now += 1;
  const messages = await queue.receive(10, 0);
  expect(messages.find(({ body }) => body === 'later')).toMatchObject({ receiveCount: 1 });
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
  expect(openLog().all()).toEqual([]);
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
  queue = open();
  expect(await bodies()).toEqual(['a']);
});

it('waits for a message if there is none', async () => {
  const received = queue.receive(1, 20_000);
  queue.send('late');
  expect((await received).map(({ body }) => body)).toEqual(['late']);
});

describe('a queue with a dead-letter queue', () => {
  it('moves a message that comes back after it was received as often as allowed', async () => {
    const moved: string[] = [];
    queue = open({
      redrive: { maxReceiveCount: 2, move: ({ body }: StoredMessage) => void moved.push(body) },
    });
    queue.send('a');
    expect([await bodies(1, 0), await bodies()]).toEqual([['a'], ['a']]);
    expect([await bodies(), moved]).toEqual([[], []]);
    now += HIDDEN_MS;
    expect([await bodies(), moved, openLog().all()]).toEqual([[], ['a'], []]);
  });
});

describe('a FIFO queue', () => {
  beforeEach(() => void (queue = open({ name: 'q.fifo', fifo: { deduplicatesByContent: false } })));
  const send = (body: string, deduplicationId = body) =>
    queue.send(body, { groupId: body.charAt(0), deduplicationId });

  it('delivers no message of a group while an earlier one is hidden', async () => {
    for (const body of ['a1', 'a2', 'b1', 'a3']) send(body);
    const [first] = await queue.receive(1, 0);
    expect(first?.body).toBe('a1');
    expect(await bodies()).toEqual(['b1']);
    queue.delete(first?.receiptHandle ?? '');
    expect(await bodies()).toEqual(['a2', 'a3']);
  });

  it('starts with the group that waits the longest', async () => {
    for (const body of ['a1', 'b1', 'a2']) {
      send(body);
      now += 1;
    }
    const [first] = await queue.receive(1, 0);
    queue.delete(first?.receiptHandle ?? '');
    expect([first?.body, ...(await bodies())]).toEqual(['a1', 'b1', 'a2']);
  });

  it('delivers a message again before the later ones of its group', async () => {
    for (const body of ['a1', 'a2']) send(body);
    const [first] = await queue.receive(1, 0);
    queue.shorten(first?.receiptHandle ?? '', 0.5);
    now += HIDDEN_MS / 2 - 1;
    expect(await bodies()).toEqual([]);
    now += 1;
    expect(await bodies()).toEqual(['a1', 'a2']);
  });

  it('accepts a message twice within five minutes, but delivers it once', async () => {
    send('a1');
    send('a1');
    expect(await bodies(10, 0)).toEqual(['a1']);
    now += 5 * 60_000;
    send('a1');
    expect(await bodies()).toEqual(['a1', 'a1']);
  });
});
