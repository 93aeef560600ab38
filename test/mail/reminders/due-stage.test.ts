import fc from 'fast-check';
import { dueStage, endOfReminders } from '../../../shared/mail/reminders/due-stage';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EXPIRY = Date.parse('2027-01-31T12:00:00.000Z');
const expireTime = new Date(EXPIRY).toISOString();

/** Returns the due reminder of a key that lives for `lifetimeDays`, at `daysLeft` before its expiry. */
const stageAt = (daysLeft: number, lifetimeDays = 365, more: object = {}) =>
  dueStage(
    { createdAt: new Date(EXPIRY - lifetimeDays * DAY_MS).toISOString(), expireTime, ...more },
    new Date(EXPIRY - daysLeft * DAY_MS),
  );

it.each([
  [31, undefined],
  [30 + 1e-6, undefined],
  [30, '30'],
  [7.01, '30'],
  [7, '7'],
  [1.01, '7'],
  [1, '1'],
  [0.001, '1'],
  [0, 'expired'],
  [-29.9, 'expired'],
  [-30, undefined],
  [-400, undefined],
])('with %p days left, the reminder is %p', (daysLeft, stage) => {
  expect(stageAt(daysLeft)).toBe(stage);
});

it('a key that is created with five days to live gets only the reminders that still lie ahead', () => {
  expect([5, 4.9, 1.1, 1, 0.5, 0].map((daysLeft) => stageAt(daysLeft, 5))).toEqual([
    undefined,
    undefined,
    undefined,
    '1',
    '1',
    'expired',
  ]);
});

it('a reminder that was due at the creation of the key is none', () => {
  expect(stageAt(30, 30)).toBeUndefined();
  expect(stageAt(30, 30.01)).toBe('30');
  expect(stageAt(0.1, 0.5)).toBeUndefined();
});

it('revoked keys and keys that never expire have none', () => {
  expect(stageAt(5, 365, { revokedAt: expireTime })).toBeUndefined();
  expect(stageAt(5, 365, { expireTime: undefined })).toBeUndefined();
});

it('each reminder is due once, in order, however often and late it is asked for', () => {
  const minutes = fc.array(fc.integer({ min: -80 * 1440, max: 60 * 1440 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(minutes, fc.integer({ min: 1, max: 70 * 1440 }), (times, lifetime) => {
      const createdAt = new Date(EXPIRY - lifetime * 60_000);
      const stages = times
        .filter((minute) => minute >= -lifetime)
        .sort((one, other) => one - other)
        .map((minute) =>
          dueStage({ createdAt: createdAt.toISOString(), expireTime }, new Date(EXPIRY + minute * 60_000)),
        )
        .filter((stage) => stage !== undefined);
      const distinct = stages.filter((stage, at) => stage !== stages[at - 1]);
      expect(new Set(distinct).size).toBe(distinct.length);
      const order = ['30', '7', '1', 'expired'];
      expect([...distinct].sort((one, other) => order.indexOf(one) - order.indexOf(other))).toEqual(distinct);
    }),
  );
});

it('the state of a reminder is kept until none is due anymore', () => {
  const end = endOfReminders(expireTime) * 1000;
  expect(dueStage({ createdAt: '2020-01-01T00:00:00.000Z', expireTime }, new Date(end))).toBeUndefined();
  expect(end - EXPIRY).toBe(60 * DAY_MS);
});
