import { feedOfScope } from '../../../shared/service/webhook-delivery/scope-feed';
import type { FeedReader, StoredEvent } from '../../../shared/store/events/event-feed';

const SCOPE = '0190a1b2-0000-7000-8000-000000000001';
const reads: number[] = [];

/**
 * A feed with events up to a position, of which the first `expired` have expired, but are not deleted yet.
 */
const feedWith = (last: number, expired: number): FeedReader => ({
  read: (_, after, limit) => {
    reads.push(limit);
    const next = Math.min(after + limit, last);
    const positions = Array.from({ length: next - after }, (_, at) => after + 1 + at);
    const events = positions.filter((position) => position > expired).map(eventAt);
    return Promise.resolve({
      events,
      next,
      more: next < last,
      hasGap: (events[0]?.position ?? next + 1) > after + 1,
      isAhead: false,
    });
  },
  start: () => Promise.resolve(0),
  lastPosition: () => Promise.resolve(last),
  positionBefore: () => Promise.resolve(0),
});

const eventAt = (position: number): StoredEvent => ({
  position,
  id: `event-${position}`,
  type: 'user.changed',
  domainId: SCOPE,
  recordedAt: '2026-01-01T00:00:00.000Z',
  json: () => JSON.stringify({ subject: { type: 'user', id: 'u' }, time: '2026-01-01T00:00:00.000Z' }),
});

const positionsOf = async (feed: FeedReader, after: number, limit: number) =>
  (await feedOfScope(feed, SCOPE, 'notice').read(after, limit)).events.map(({ position }) => position);

beforeEach(() => reads.splice(0));

it('returns at most the wanted number of events, in their order', async () => {
  expect(await positionsOf(feedWith(5, 0), 2, 2)).toEqual([3, 4]);
  expect(await positionsOf(feedWith(5, 0), 4, 25)).toEqual([5]);
  expect(await positionsOf(feedWith(5, 0), 5, 25)).toEqual([]);
});

it('skips expired events with few reads', async () => {
  expect(await positionsOf(feedWith(5_000, 4_900), 0, 25)).toEqual(
    Array.from({ length: 25 }, (_, at) => 4_901 + at),
  );
  expect(reads).toEqual([25, 1_000, 1_000, 1_000, 1_000, 1_000]);
  expect(await positionsOf(feedWith(50, 50), 0, 25)).toEqual([]);
});

it('says up to which position events have expired', async () => {
  const expiredUpTo = async (last: number, expired: number, after: number) =>
    (await feedOfScope(feedWith(last, expired), SCOPE, 'notice').read(after, 25)).expiredUpTo;
  expect(await expiredUpTo(5, 0, 2)).toBeUndefined();
  expect(await expiredUpTo(5, 2, 2)).toBeUndefined();
  expect(await expiredUpTo(5, 5, 5)).toBeUndefined();
  expect(await expiredUpTo(5, 3, 2)).toBe(3);
  expect(await expiredUpTo(5_000, 4_900, 10)).toBe(4_900);
  expect(await expiredUpTo(5_000, 5_000, 10)).toBe(5_000);
});

it('finds one event with one read, even if it has expired', async () => {
  const feed = feedOfScope(feedWith(5_000, 4_900), SCOPE, 'notice');
  expect(await feed.at(4_901)).toMatchObject({ position: 4_901, subject: 'user/u' });
  expect(await feed.at(1)).toBeUndefined();
  expect(await feed.at(5_001)).toBeUndefined();
  expect(reads).toEqual([1, 1, 1]);
});
