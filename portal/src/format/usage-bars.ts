import type { LicenseUsage } from '../api/schema';

export type DayUsage = LicenseUsage['days'][number];

/** The bar of one day. All numbers are parts of the height of the chart, from 0 to 1. */
export interface UsageBar {
  readonly date: string;
  /** The number of the day in the period, from 0. Days without a record leave gaps. */
  readonly day: number;
  readonly active: number;
  readonly pending: number;
  readonly inactive: number;
  /** The height of the line of seats. Absent if they are not limited. */
  readonly seats?: number;
}

const DAY_MS = 86_400_000;

const dayNumber = (date: string): number => Math.round(Date.parse(date) / DAY_MS);

/** The bars of a period, and the number of licenses or seats at the top of the chart. */
interface UsageBars {
  readonly top: number;
  readonly bars: readonly UsageBar[];
}

/**
 * Returns the bars of a period of `length` days that ends with the last day. The highest bar or line of seats
 * has the height 1. Seats that exceed everything by far would hide the licenses, so the line is above the
 * chart then, and is left out.
 */
export function usageBars(days: readonly DayUsage[], length: number): UsageBars {
  const last = days.at(-1);
  if (!last) return { top: 1, bars: [] };
  const first = dayNumber(last.date) - length + 1;
  const most = Math.max(
    1,
    ...days.map(
      ({ activeLicenses, pendingLicenses, inactiveLicenses }) =>
        activeLicenses + pendingLicenses + inactiveLicenses,
    ),
  );
  const shownSeats = days.flatMap(({ seats }) =>
    seats !== null && seats <= most * MAX_SEATS_FACTOR ? seats : [],
  );
  const top = Math.max(most, ...shownSeats);
  const bars = days.map(({ date, activeLicenses, pendingLicenses, inactiveLicenses, seats }) => ({
    date,
    day: dayNumber(date) - first,
    active: activeLicenses / top,
    pending: pendingLicenses / top,
    inactive: inactiveLicenses / top,
    ...(seats !== null && seats <= top && { seats: seats / top }),
  }));
  return { top, bars };
}

const MAX_SEATS_FACTOR = 4;
