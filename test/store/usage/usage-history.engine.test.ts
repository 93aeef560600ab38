import { newId } from '../../../shared/id';
import type { SeatCounts } from '../../../shared/store/domains/counts';
import type { Table } from '../../../shared/store/table/table';
import { readLicenseUsage } from '../../../shared/store/usage/license-usage';
import { firstDateOf, USAGE_DAYS, UsageHistory } from '../../../shared/store/usage/usage-history';
import { usageDayKey, usageKey } from '../../../shared/store/usage/usage-keys';
import { UsageRecorder } from '../../../shared/store/usage/usage-recorder';
import { createTableLikeSystem } from '../../support/store/create-table';
import { DomainToSweep } from '../../support/store/domain-to-sweep';
import { newDomainId, readItem } from '../../support/store/records';

const NOON = new Date('2026-03-01T12:00:00.000Z');
const NEXT_DAY = new Date('2026-03-02T00:10:00.000Z');
const COUNTS: SeatCounts = {
  users: 9,
  groups: 1,
  activeLicenses: 5,
  pendingLicenses: 2,
  seats: 5,
  seatPolicy: 'wait',
};

let table: Table;
beforeEach(async () => {
  // The system's own run would record the same day.
  table = await createTableLikeSystem();
});

/** Records the counts of domains, as a run at `now` does that reaches all of them. */
async function run(now: Date, counts: Readonly<Record<string, SeatCounts>>): Promise<void> {
  const recorder = await UsageRecorder.open(table, now);
  for (const [domainId, ofDomain] of Object.entries(counts)) await recorder.record(domainId, ofDomain);
  await recorder.finish();
}

const recorded = (domainId: string) => new UsageHistory(table, domainId).between('2026-01-01', '2026-12-31');

describe('UsageRecorder', () => {
  it('records the counts of a day once, however often it runs', async () => {
    const domainId = newDomainId();
    await run(NOON, { [domainId]: COUNTS });
    await run(NOON, { [domainId]: { ...COUNTS, users: 100 } });
    await run(NEXT_DAY, { [domainId]: { ...COUNTS, users: 10, seats: undefined } });
    expect(await recorded(domainId)).toEqual([
      { date: '2026-03-01', users: 9, activeLicenses: 5, pendingLicenses: 2, seats: 5 },
      { date: '2026-03-02', users: 10, activeLicenses: 5, pendingLicenses: 2 },
    ]);
  });

  it('records again what an interrupted run has left unfinished', async () => {
    const [reached, missed] = [newDomainId(), newDomainId()];
    const interrupted = await UsageRecorder.open(table, NOON);
    await interrupted.record(reached, COUNTS);
    await run(NOON, { [reached]: { ...COUNTS, users: 10 }, [missed]: COUNTS });
    expect(await recorded(reached)).toMatchObject([{ date: '2026-03-01', users: 10 }]);
    expect(await recorded(missed)).toHaveLength(1);
    expect(await readItem(table, usageDayKey)).toMatchObject({ date: '2026-03-01' });
  });

  it('records nothing of a deleted domain', async () => {
    const domainId = newDomainId();
    await run(NOON, { [domainId]: { ...COUNTS, deletedAt: NOON.toISOString() } });
    expect(await recorded(domainId)).toEqual([]);
  });

  it('lets DynamoDB delete a day when it is no longer shown', async () => {
    const domainId = newDomainId();
    await run(NOON, { [domainId]: COUNTS });
    const { ttl } = (await readItem(table, usageKey(domainId, '2026-03-01'))) ?? {};
    const shownUntil = new Date(Number(ttl) * 1000);
    expect(firstDateOf(USAGE_DAYS, new Date(shownUntil.getTime() - 1))).toBe('2026-03-01');
    expect(firstDateOf(USAGE_DAYS, shownUntil)).toBe('2026-03-02');
  });
});

describe('readLicenseUsage', () => {
  it('ends with the current counts, so that a new domain has data at once', async () => {
    const domain = await DomainToSweep.create(table);
    await domain.createUsers(2);
    expect(await readLicenseUsage(table, domain.domainId, 1, NOON)).toEqual([
      { date: '2026-03-01', users: 2, activeLicenses: 2, pendingLicenses: 0 },
    ]);
  });

  it('shows the recorded counts of the days before, and none of other domains or of days outside the period', async () => {
    const domain = await DomainToSweep.create(table);
    await domain.createUsers(1);
    for (const day of ['2026-02-26', '2026-02-27', '2026-03-01'])
      await run(new Date(`${day}T00:30:00.000Z`), { [domain.domainId]: COUNTS, [newId()]: COUNTS });
    const days = await readLicenseUsage(table, domain.domainId, 3, NOON);
    expect(days.map(({ date, users }) => [date, users])).toEqual([
      ['2026-02-27', 9],
      ['2026-03-01', 1],
    ]);
  });

  it('shows all days of the longest period', async () => {
    const domainId = newDomainId();
    const history = new UsageHistory(table, domainId);
    const dates = Array.from({ length: USAGE_DAYS }, (_, day) => firstDateOf(day + 1, NOON));
    await Promise.all(dates.map((date) => history.record({ date, ...COUNTS })));
    expect(await readLicenseUsage(table, domainId, USAGE_DAYS, NOON)).toHaveLength(USAGE_DAYS);
  });
});
