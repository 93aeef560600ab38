import { newId } from '../../../shared/id';
import type { Json, Resource } from '../../../shared/scim/resource';
import type { Caller } from '../../../shared/service/resources/caller';
import { promoteQueued } from '../../../shared/service/licenses/promotion';
import { Users } from '../../../shared/service/users/users';
import { countsKey } from '../../../shared/store/table/keys';
import { SeatQueue } from '../../../shared/store/licenses/seat-queue';
import { seatSettingsWrite, type SeatSettings } from '../../../shared/store/licenses/seat-settings';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent, expectWithinSeats } from '../../support/consistency/consistency';
import { createTable } from '../../support/mail/mail-environment';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { AT, readItem, RETENTION_DAYS } from '../../support/store/records';
import { createCaller } from '../../support/requests/caller';

/** A table whose stream nothing reads: seats are given when the test says so. */
let table: Table;
let front: EngineProxy;
let caller: Caller;

beforeAll(async () => {
  table = await createTable();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(() => {
  caller = createCaller();
});
afterEach(() => expectConsistent(caller.domainId, table));

/** A service serves one request. */
const users = (through = table) => new Users(through, RETENTION_DAYS, caller);
const queue = (through = table) => new SeatQueue(through, caller.domainId, RETENTION_DAYS);
const setSeats = (settings: SeatSettings) =>
  table.transact([seatSettingsWrite(caller.domainId, settings, AT)]);
const promote = (through = table) =>
  promoteQueued(queue(through), { now: () => new Date(), isTimeUp: () => false });

const create = (more: object = {}): Promise<Resource> => {
  const userName = `${newId()}@example.com`;
  return users().create({ userName, ...more });
};
const activate = (active: boolean): Json => ({
  Operations: [{ op: 'replace', path: 'active', value: active }],
});

/** Statuses of the licenses of these users, in their order. */
async function statuses(...of: Resource[]): Promise<(string | undefined)[]> {
  const { licenses } = await expectConsistent(caller.domainId, table);
  return of.map(({ id }) => licenses.find(({ userId }) => userId === id)?.status);
}
const noSeatError = { status: 403, detail: expect.stringContaining('1 seat for active users') as string };

describe('in a domain that refuses who has no seat', () => {
  beforeEach(() => setSeats({ seats: 1 }));

  it('the user is not made, nor changed, and nothing else of the request is', async () => {
    await create();
    await expect(create()).rejects.toMatchObject(noSeatError);
    const inactive = await create({ active: false });
    const body = { userName: inactive.userName as string, title: 'Countess', active: true };
    await expect(users().replace(inactive.id, body)).rejects.toMatchObject(noSeatError);
    await expect(users().patch(inactive.id, activate(true))).rejects.toMatchObject(noSeatError);
    const { users: stored, audit } = await expectWithinSeats(caller.domainId, table);
    expect(stored).toHaveLength(2);
    expect(stored[1]).toMatchObject({ version: 1, attributes: { active: false } });
    expect(audit).toHaveLength(2);
  });

  it('a seat that becomes free by deactivation or deletion is for whoever comes next', async () => {
    const first = await create();
    await users().patch(first.id, activate(false));
    const second = await create();
    await users().delete(second.id);
    expect(await statuses(first, second, await create())).toEqual(['inactive', 'inactive', 'active']);
  });

  it('who is active stays so, whatever else changes', async () => {
    const user = await create();
    await users().patch(user.id, { Operations: [{ op: 'add', path: 'title', value: 'Countess' }] });
    await users().replace(user.id, { userName: `${newId()}@example.com`, active: true });
    expect(await statuses(user)).toEqual(['active']);
  });

  it('a name that is taken is 409, seat or not', async () => {
    const { userName } = await create();
    await expect(users().create({ userName } as Json)).rejects.toMatchObject({ status: 409 });
  });
});

describe('in a domain that lets wait', () => {
  beforeEach(() => setSeats({ seats: 1, seatPolicy: 'wait' }));

  it('the user is active as the client wrote it, and the license waits', async () => {
    const first = await create();
    const second = await create({ title: 'Countess' });
    expect(second).toMatchObject({ active: true, title: 'Countess' });
    expect(await statuses(first, second)).toEqual(['active', 'pending']);
    const { audit, licenses } = await expectWithinSeats(caller.domainId, table);
    expect(audit.map(({ license }) => license)).toEqual(['activated', 'pending']);
    expect(licenses[1]?.activationId).toBeUndefined();
  });

  it('nobody overtakes who waits, and the oldest get the seats', async () => {
    const all = [await create(), await create(), await create()];
    await users().patch(all[0]!.id, activate(false));
    const late = await create();
    expect(await statuses(...all, late)).toEqual(['inactive', 'pending', 'pending', 'pending']);
    expect(await promote()).toEqual({ promoted: 1, finished: true });
    expect(await statuses(...all, late)).toEqual(['inactive', 'active', 'pending', 'pending']);
    await setSeats({ seats: 3 });
    expect(await promote()).toEqual({ promoted: 2, finished: true });
    expect(await statuses(...all, late)).toEqual(['inactive', 'active', 'active', 'active']);
  });

  it.each<[string, (user: Resource) => Promise<unknown>, string]>([
    ['PATCH', ({ id }) => users().patch(id, activate(false)), 'deactivated'],
    ['PUT', ({ id, userName }) => users().replace(id, { userName, active: false } as Json), 'deactivated'],
    ['DELETE', ({ id }) => users().delete(id), 'deleted'],
  ])('a license that waits ends with %s: it takes no seat away', async (_, end, reason) => {
    const [first, second] = [await create(), await create()];
    await end(second);
    expect(await statuses(first, second)).toEqual(['active', 'inactive']);
    const { audit, licenses, counts } = await expectWithinSeats(caller.domainId, table);
    expect(audit.at(-1)).toMatchObject({ license: 'withdrawn' });
    expect(licenses[1]).toMatchObject({ reason });
    expect(counts).toMatchObject({ activeLicenses: 1, pendingLicenses: 0 });
  });

  it('a change of something else leaves the place in the queue', async () => {
    const [, second] = [await create(), await create()];
    const before = await queue().oldest(10);
    await users().patch(second.id, {
      Operations: [{ op: 'replace', path: 'userName', value: 'ada@example.com' }],
    });
    await users().patch(second.id, activate(true));
    expect(await queue().oldest(10)).toEqual(before);
    await setSeats({ seats: 2 });
    await promote();
    const { licenses } = await expectConsistent(caller.domainId, table);
    expect(licenses[1]).toMatchObject({ status: 'active', userName: 'ada@example.com' });
  });

  it('who is deactivated and activated again waits behind the others', async () => {
    const all = [await create(), await create(), await create()];
    for (const active of [false, true]) await users().patch(all[1]!.id, activate(active));
    await users().delete(all[0]!.id);
    await promote();
    expect(await statuses(...all)).toEqual(['inactive', 'pending', 'active']);
  });

  it('seats that are lowered are taken from nobody, and given to nobody until there is room', async () => {
    await setSeats({ seats: 3 });
    const all = [await create(), await create(), await create()];
    await setSeats({ seats: 1 });
    const late = await create();
    expect(await promote()).toEqual({ promoted: 0, finished: true });
    for (const { id } of all.slice(0, 2)) await users().patch(id, activate(false));
    expect(await promote()).toEqual({ promoted: 0, finished: true });
    await users().delete(all[2]!.id);
    expect(await promote()).toEqual({ promoted: 1, finished: true });
    expect(await statuses(...all, late)).toEqual(['inactive', 'inactive', 'inactive', 'active']);
  });

  it('all get a seat where their number is unlimited from now on, also who came in before that was done', async () => {
    const all = [await create(), await create(), await create()];
    await setSeats({ seats: null });
    all.push(await create());
    expect(await statuses(...all)).toEqual(['active', 'pending', 'pending', 'active']);
    expect(await promote()).toEqual({ promoted: 2, finished: true });
    expect(await statuses(...all)).toEqual(['active', 'active', 'active', 'active']);
  });

  it('the stream is told of the counts once more where licenses wait, and else nothing is written', async () => {
    const counts = () => readItem(table, countsKey(caller.domainId));
    const first = await create();
    await queue().requestPromotion(new Date('2026-04-01T12:00:00.000Z'));
    expect(await counts()).toMatchObject({ wokenAt: AT });
    await create();
    await queue().requestPromotion(new Date('2026-04-01T12:00:00.000Z'));
    expect(await counts()).toMatchObject({ wokenAt: '2026-04-01T12:00:00.000Z', pendingLicenses: 1 });
    expect(await statuses(first)).toEqual(['active']);
  });

  it('who waits when the domain begins to refuse keeps the place, and goes before who comes then', async () => {
    const [first, second] = [await create(), await create()];
    await setSeats({ seatPolicy: 'refuse' });
    await users().patch(first.id, activate(false));
    await expect(users().patch(first.id, activate(true))).rejects.toMatchObject({
      status: 403,
      detail: expect.stringContaining('go to users who wait already') as string,
    });
    await promote();
    expect(await statuses(first, second)).toEqual(['inactive', 'active']);
  });
});

describe('where somebody else is faster', () => {
  beforeEach(() => setSeats({ seats: 1, seatPolicy: 'wait' }));
  const after = (act: () => Promise<unknown>) =>
    ({ kind: 'after', act: () => act().then(() => {}) }) as const;
  const nothing = after(() => Promise.resolve());

  it('a seat that becomes free just before the license would wait is taken', async () => {
    const first = await create();
    front.injectFaults(
      'TransactWriteItems',
      nothing,
      after(() => users().delete(first.id)),
    );
    const second = await users(front.table).create({ userName: `${newId()}@example.com` });
    expect(await statuses(second)).toEqual(['active']);
  });

  it('a license that gets its seat just before it ends frees that seat', async () => {
    const [first, second] = [await create(), await create()];
    const freed = async () => {
      await users().delete(first.id);
      await promote();
    };
    front.injectFaults('TransactWriteItems', nothing, after(freed));
    await users(front.table).patch(second.id, activate(false));
    expect(await statuses(second)).toEqual(['inactive']);
    const { audit, counts } = await expectWithinSeats(caller.domainId, table);
    expect(counts).toMatchObject({ activeLicenses: 0, pendingLicenses: 0 });
    expect(audit.at(-1)).toMatchObject({ license: 'deactivated' });
  });

  it('a license that ends just before it would get a seat is passed over', async () => {
    const all = [await create(), await create(), await create()];
    await users().delete(all[0]!.id);
    front.injectFaults(
      'TransactWriteItems',
      after(() => users().delete(all[1]!.id)),
    );
    expect(await promote(front.table)).toEqual({ promoted: 1, finished: true });
    expect(await statuses(...all)).toEqual(['inactive', 'inactive', 'active']);
  });

  it('a seat is given once by two who give at the same time', async () => {
    const all = [await create(), await create(), await create(), await create()];
    await setSeats({ seats: 3 });
    const results = await Promise.all([promote(), promote(), promote()]);
    expect(results.reduce((sum, { promoted }) => sum + promoted, 0)).toBe(2);
    expect(await statuses(...all)).toEqual(['active', 'active', 'active', 'pending']);
  });

  it('conflicts of transactions and lost answers change nothing of it', async () => {
    const faults = () =>
      front.injectFaults(
        'TransactWriteItems',
        { kind: 'conflict' },
        { kind: 'lostAnswer' },
        { kind: 'conflict' },
      );
    const through = () => users(front.table);
    faults();
    const first = await through().create({ userName: `${newId()}@example.com` });
    faults();
    const second = await through().create({ userName: `${newId()}@example.com` });
    faults();
    await through().delete(first.id);
    faults();
    expect(await promote(front.table)).toEqual({ promoted: 1, finished: true });
    expect(await statuses(first, second)).toEqual(['inactive', 'active']);
    await expectWithinSeats(caller.domainId, table);
  });
});

describe('of 200 who become active at the same time, where 50 seats are', () => {
  const SEATS = 50;
  const FREED = 10;

  /** Some of the transactions meet others. */
  function activateMany(): Promise<PromiseSettledResult<Resource>[]> {
    front.injectFaults(
      'TransactWriteItems',
      ...Array.from({ length: 60 }, () => ({ kind: 'conflict' }) as const),
    );
    const one = () => users(front.table).create({ userName: `${newId()}@example.com` });
    return Promise.allSettled(Array.from({ length: 200 }, one));
  }
  const isDone = ({ status }: PromiseSettledResult<Resource>) => status === 'fulfilled';

  it('50 get one and 150 are refused', async () => {
    await setSeats({ seats: SEATS });
    const results = await activateMany();
    expect(results.filter(isDone)).toHaveLength(SEATS);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 403 });
    const { counts } = await expectWithinSeats(caller.domainId, table);
    expect(counts).toMatchObject({ activeLicenses: SEATS, pendingLicenses: 0 });
  }, 120_000);

  it('50 get one and 150 wait; of these the 10 who wait longest get those that 10 others give back', async () => {
    await setSeats({ seats: SEATS, seatPolicy: 'wait' });
    expect((await activateMany()).filter(isDone)).toHaveLength(200);
    const { counts, licenses, pendingQueue } = await expectWithinSeats(caller.domainId, table);
    expect(counts).toMatchObject({ activeLicenses: SEATS, pendingLicenses: 150 });

    const active = licenses.filter(({ status }) => status === 'active');
    await Promise.all(active.slice(0, FREED).map(({ userId }) => users().patch(userId, activate(false))));
    expect(await promote()).toEqual({ promoted: FREED, finished: true });
    const after = await expectWithinSeats(caller.domainId, table);
    expect(after.counts).toMatchObject({ activeLicenses: SEATS, pendingLicenses: 150 - FREED });
    const promotions = after.audit.filter(({ action }) => action === 'license.promoted');
    expect(promotions.map(({ resourceId }) => resourceId)).toEqual(
      pendingQueue.slice(0, FREED).map(({ userId }) => userId),
    );
  }, 120_000);
});
