import { type DayUsage, usageBars } from '../../../portal/src/format/usage-bars';

const day = (date: string, activeLicenses: number, more: Partial<DayUsage> = {}): DayUsage => ({
  date,
  users: activeLicenses,
  activeLicenses,
  pendingLicenses: 0,
  inactiveLicenses: 0,
  seats: null,
  ...more,
});

it('the highest bar fills the chart, and the last day is at its end', () => {
  const days = [day('2026-02-27', 5), day('2026-03-01', 6, { pendingLicenses: 2, inactiveLicenses: 2 })];
  expect(usageBars(days, 30)).toEqual({
    top: 10,
    bars: [
      { date: '2026-02-27', day: 27, active: 0.5, pending: 0, inactive: 0 },
      { date: '2026-03-01', day: 29, active: 0.6, pending: 0.2, inactive: 0.2 },
    ],
  });
});

it('the line of seats may be above the bars', () => {
  expect(usageBars([day('2026-03-01', 5, { seats: 10 })], 30)).toMatchObject({
    top: 10,
    bars: [{ active: 0.5, seats: 1 }],
  });
});

it('so many seats that the licenses would disappear have no line', () => {
  const {
    top,
    bars: [bar],
  } = usageBars([day('2026-03-01', 5, { seats: 1_000 })], 30);
  expect(top).toBe(5);
  expect(bar).toMatchObject({ active: 1 });
  expect(bar).not.toHaveProperty('seats');
});

it('a domain without users has bars without a height', () => {
  expect(usageBars([day('2026-03-01', 0, { seats: 0 })], 1).bars).toEqual([
    { date: '2026-03-01', day: 0, active: 0, pending: 0, inactive: 0, seats: 0 },
  ]);
  expect(usageBars([], 30).bars).toEqual([]);
});
