import { readEvents } from '../../../shared/service/events/event-reader';
import { EventFeedStore } from '../../../shared/store/events/event-feed';
import { FeedLog, openFeedWrite, type FeedEnd } from '../../../shared/store/events/feed-log';
import { newId } from '../../../shared/id';
import { eventKey } from '../../../shared/store/table/event-keys';
import type { Table } from '../../../shared/store/table/table';
import { createTableLikeSystem } from '../../support/store/create-table';

const DAY = 86_400_000;
const START = Date.parse('2026-01-01T00:00:00.000Z');

let table: Table;
beforeAll(async () => {
  table = await createTableLikeSystem();
});

/** A feed whose clock and events a test controls. */
async function open() {
  const scope = newId();
  const clock = { day: 0 };
  const now = () => new Date(START + clock.day * DAY);
  let end: FeedEnd = { position: 0, recordedAt: now().toISOString() };
  await table.transact([openFeedWrite(scope, now(), 20)]);
  const append = async (count: number) => {
    const events = Array.from({ length: count }, () => {
      const id = newId();
      return { id, type: 'user.changed', domainId: scope, notice: JSON.stringify({ id }) } as const;
    });
    end = await new FeedLog(table).append(scope, end, events, { subjects: [], members: [] }, now());
  };
  const remove = (...positions: readonly number[]) =>
    table.deleteAll(positions.map((position) => eventKey(scope, position)));
  const feed = new EventFeedStore(table, now);
  const read = (after?: number) => readEvents(feed, scope, { after, content: 'notice', limit: 10 });
  return { scope, clock, append, remove, feed, read };
}

const EXPIRED = {
  problem: 'conflict',
  message: expect.stringMatching(/^Events after this cursor have expired/) as string,
};

it('a reader whose next events were deleted gets an error, and one that has read them does not', async () => {
  const { clock, append, remove, feed, read, scope } = await open();
  await append(3);
  await remove(1, 2, 3);
  clock.day = 31;
  await expect(read(1)).rejects.toMatchObject(EXPIRED);
  expect(await read(3)).toEqual({ events: [], next: 3, more: false });
  // Another process, which has not read the feed before.
  const other = new EventFeedStore(table, () => new Date(START + 31 * DAY));
  expect(await other.read(scope, 3, 10)).toMatchObject({ events: [], hasGap: false, isAhead: false });
  expect(await feed.read(scope, 1, 10)).toMatchObject({ events: [], next: 3, hasGap: true });
});

it('a reader without a cursor continues at the end of a feed whose events have expired', async () => {
  const { clock, append, remove, read } = await open();
  await append(2);
  await remove(1, 2);
  clock.day = 31;
  const { next } = await read();
  expect(next).toBe(2);
  await append(1);
  expect((await read(next)).events).toHaveLength(1);
});

it('events that have expired, but are not deleted yet, count as deleted', async () => {
  const { clock, append, read } = await open();
  await append(2);
  clock.day = 31;
  await expect(read(1)).rejects.toMatchObject(EXPIRED);
  expect(await read(2)).toEqual({ events: [], next: 2, more: false });
});

it('a reader whose cursor is behind the end of the feed gets an error, each time', async () => {
  const { append, read } = await open();
  await append(2);
  for (let attempt = 0; attempt < 2; attempt++)
    await expect(read(3)).rejects.toMatchObject({
      problem: 'conflict',
      message: expect.stringMatching(/^This feed has not reached this cursor yet/) as string,
    });
});

it('an event that is written between two reads is not taken for a deleted one', async () => {
  const { scope, append, feed } = await open();
  await append(1);
  const query = table.query.bind(table);
  let reads = 0;
  const racing = Object.assign(Object.create(table) as Table, {
    query: async (...args: Parameters<Table['query']>) => {
      const page = await query(...args);
      if (reads++ === 0) await append(1);
      return page;
    },
  });
  const page = await new EventFeedStore(racing, () => new Date(START)).read(scope, 1, 10);
  expect(page).toMatchObject({ events: [{ position: 2 }], next: 2, hasGap: false });
  expect((await feed.read(scope, 2, 10)).events).toEqual([]);
});

it('a feed that is read to its end costs no second read', async () => {
  const { scope, append } = await open();
  await append(2);
  const query = jest.fn(table.query.bind(table));
  const counted = Object.assign(Object.create(table) as Table, { query });
  const feed = new EventFeedStore(counted, () => new Date(START));
  await feed.read(scope, 0, 10);
  for (let poll = 0; poll < 3; poll++) await feed.read(scope, 2, 10);
  expect(query).toHaveBeenCalledTimes(4);
});
