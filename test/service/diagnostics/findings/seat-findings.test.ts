import { seatFindings } from '../../../../shared/service/diagnostics/findings/seat-findings';
import type { SeatCounts } from '../../../../shared/store/domains/counts';

const counts = (more: Partial<SeatCounts>): SeatCounts => ({
  users: 0,
  groups: 0,
  activeLicenses: 0,
  pendingLicenses: 0,
  seatPolicy: 'refuse',
  ...more,
});
const codes = (more: Partial<SeatCounts>) =>
  seatFindings(counts(more), []).map(({ code, severity }) => `${code} ${severity}`);

describe('the seats of a domain', () => {
  it.each([
    [undefined, 1_000_000, []],
    [100, 89, []],
    [100, 90, ['seats-almost-gone warning']],
    [100, 99, ['seats-almost-gone warning']],
    [100, 100, ['seats-gone error']],
    [100, 120, ['seats-gone error']],
    [5, 4, []],
    [5, 5, ['seats-gone error']],
    [0, 0, ['seats-gone error']],
  ])('%s, of which %d are taken: %j', (seats, activeLicenses, expected) => {
    expect(codes({ seats, activeLicenses })).toEqual(expected);
  });

  it('that are all taken are a warning if users may wait', () => {
    expect(codes({ seats: 5, activeLicenses: 5, seatPolicy: 'wait' })).toEqual(['seats-gone warning']);
  });

  it('are reported with their numbers and the consequence', () => {
    const found = (more: Partial<SeatCounts>) => seatFindings(counts(more), []).map((each) => each.found);
    expect(found({ seats: 10, activeLicenses: 9 })).toEqual([
      '9 of 10 seats are taken, and 1 is left. After that, new users are refused.',
    ]);
    expect(found({ seats: 1, activeLicenses: 1 })).toEqual(['1 of 1 seat is taken. New users are refused.']);
    expect(found({ seats: 3, activeLicenses: 3, seatPolicy: 'wait' })).toEqual([
      '3 of 3 seats are taken. New users get no license until a seat is free.',
    ]);
  });
});

describe('users who wait for a seat', () => {
  const oldest = [{ userId: 'user-1', changeId: '019ca969-1a00-7cc3-98c4-dc0c0c07398f' }];

  it('are reported, even if seats are free by now', () => {
    const [finding] = seatFindings(counts({ seats: 5, activeLicenses: 2, pendingLicenses: 3 }), oldest);
    expect(finding).toMatchObject({
      code: 'licenses-pending',
      severity: 'warning',
      found: expect.stringMatching(
        /^3 users are waiting for a seat, the first since 20\d\d-\d\d-\d\d\. /,
      ) as string,
      details: [{ userId: 'user-1', since: expect.stringMatching(/Z$/) as string }],
    });
  });

  it('are reported only by number if the queue has just become empty', () => {
    const [finding] = seatFindings(counts({ pendingLicenses: 1 }), []);
    expect(finding?.found).toMatch(/^1 user is waiting for a seat\. /);
  });
});
