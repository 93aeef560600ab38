import type { ManagedUsers } from '../../../shared/service/managed-users/managed-users';
import { SeatForecast } from '../../../shared/service/managed-users/seat-forecast';
import { UserImport, type UserImportOptions } from '../../../shared/service/managed-users/user-import';
import type { SeatCounts } from '../../../shared/store/domains/counts';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';

const ROWS = ['a', 'b', 'c'].map((userName, at) => ({ row: at + 2, values: { userName } }));
const COUNTS: SeatCounts = { users: 4, groups: 0, activeLicenses: 4, pendingLicenses: 0, seatPolicy: 'wait' };

/**
 * Imports rows of new users, and returns the effects on licenses. Rows of users in `active` deactivate them.
 */
async function effects(
  isDryRun: boolean,
  options: Partial<UserImportOptions> = {},
  active: readonly string[] = [],
) {
  const attributesOf = (userName: string) => ({ userName, active: !active.includes(userName) });
  const managed = {
    previewNew: ({ userName = '' }) => Promise.resolve(attributesOf(userName)),
    previewChange: (_: ResourceRecord, { userName = '' }) => Promise.resolve(attributesOf(userName)),
    create: ({ userName }: { userName: string }) => Promise.resolve(`id-${userName}`),
    change: () => Promise.resolve(),
  } as unknown as ManagedUsers;
  const results = await new UserImport({
    managed,
    domainId: 'd',
    users: {
      idOfName: (name) => Promise.resolve(active.includes(name) ? `id-${name}` : undefined),
      get: (id) => Promise.resolve({ id, attributes: { active: true } } as unknown as ResourceRecord),
    },
    licenses: { read: () => Promise.resolve(undefined) },
    isTimeUp: () => false,
    onError: () => undefined,
    ...options,
  }).run(ROWS, isDryRun);
  return results.map(({ outcome, license, detail }) => (outcome === 'error' ? detail : license));
}

const forecast = (counts: Partial<SeatCounts>, taken = 0) => ({
  forecast: new SeatForecast(() => Promise.resolve({ ...COUNTS, ...counts }), taken),
});
const REFUSED = expect.stringContaining('none of them is free') as string;

describe('a dry run', () => {
  it.each<[string, Partial<SeatCounts>, number, unknown[]]>([
    ['all licenses start if the seats are not limited', {}, 0, ['starts', 'starts', 'starts']],
    ['licenses wait if no seat is free', { seats: 6 }, 0, ['starts', 'starts', 'waits']],
    [
      'rows are refused by the other policy',
      { seats: 5, seatPolicy: 'refuse' },
      0,
      ['starts', REFUSED, REFUSED],
    ],
    ['earlier requests count', { seats: 6 }, 1, ['starts', 'waits', 'waits']],
    [
      'licenses that wait already come first',
      { seats: 6, pendingLicenses: 1 },
      0,
      ['starts', 'waits', 'waits'],
    ],
    ['more licenses than seats can be active', { seats: 2 }, 0, ['waits', 'waits', 'waits']],
  ])('%s', async (_, counts, taken, expected) => {
    expect(await effects(true, forecast(counts, taken))).toEqual(expected);
  });

  it('gives the seat of a license that ends to the next row', async () => {
    expect(await effects(true, forecast({ seats: 4 }), ['a'])).toEqual(['ends', 'starts', 'waits']);
  });

  it('presumes that each license starts if mappings decide who has one', async () => {
    expect(await effects(true)).toEqual(['starts', 'starts', 'starts']);
  });
});

it('after an import, the effect is that of the stored license', async () => {
  const statuses = { 'id-a': 'active', 'id-b': 'pending', 'id-c': 'inactive' };
  const read = (_: string, userId: string) =>
    Promise.resolve({ status: statuses[userId as 'id-a'] } as unknown as LicenseRecord);
  expect(await effects(false, { licenses: { read } })).toEqual(['starts', 'waits', undefined]);
});

it('a license that cannot be read does not fail the row, which is written', async () => {
  const onError = jest.fn();
  const read = () => Promise.reject(new Error('out of order'));
  expect(await effects(false, { licenses: { read }, onError })).toEqual(['starts', 'starts', 'starts']);
  expect(onError).toHaveBeenCalledTimes(3);
});
