import type { Resource } from '../../../shared/scim/resource';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent, expectWithinSeats } from '../../support/consistency/consistency';
import { createTable } from '../../support/mail/mail-environment';
import { activate, SeatsHarness } from '../../support/service/seats-harness';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';

let table: Table;
let front: EngineProxy;
let harness: SeatsHarness;

beforeAll(async () => {
  table = await createTable();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(() => {
  harness = new SeatsHarness(table);
});
afterEach(() => expectConsistent(harness.caller.domainId, table));

describe('concurrent changes of seats', () => {
  beforeEach(() => harness.setSeats({ seats: 1, seatPolicy: 'wait' }));
  const after = (act: () => Promise<unknown>) =>
    ({ kind: 'after', act: () => act().then(() => {}) }) as const;
  const nothing = after(() => Promise.resolve());

  it('a seat that becomes free just before a license is queued goes to the queue', async () => {
    const first = await harness.create();
    front.injectFaults(
      'TransactWriteItems',
      nothing,
      after(() => harness.users().delete(first.id)),
    );
    const second = await harness.create({}, front.table);
    // The record of either change starts the promotion.
    await harness.promote();
    expect(await harness.statuses(second)).toEqual(['active']);
  });

  it('a license that is promoted just before it ends frees its seat', async () => {
    const [first, second] = [await harness.create(), await harness.create()];
    const freed = async () => {
      await harness.users().delete(first.id);
      await harness.promote();
    };
    front.injectFaults('TransactWriteItems', nothing, after(freed));
    await harness.users(front.table).patch(second.id, activate(false));
    expect(await harness.statuses(second)).toEqual(['inactive']);
    const { audit, counts } = await expectWithinSeats(harness.caller.domainId, table);
    expect(counts).toMatchObject({ activeLicenses: 0, pendingLicenses: 0 });
    expect(audit.at(-1)).toMatchObject({ license: 'deactivated' });
  });

  it('a license that ends just before its promotion is skipped', async () => {
    const all = [await harness.create(), await harness.create(), await harness.create()];
    await harness.users().delete(all[0]!.id);
    front.injectFaults(
      'TransactWriteItems',
      after(() => harness.users().delete(all[1]!.id)),
    );
    expect(await harness.promote(front.table)).toEqual({ promoted: 1, finished: true });
    expect(await harness.statuses(...all)).toEqual(['inactive', 'inactive', 'active']);
  });

  it('concurrent promotions give each seat once', async () => {
    const all = [
      await harness.create(),
      await harness.create(),
      await harness.create(),
      await harness.create(),
    ];
    await harness.setSeats({ seats: 3 });
    const results = await Promise.all([harness.promote(), harness.promote(), harness.promote()]);
    expect(results.reduce((sum, { promoted }) => sum + promoted, 0)).toBe(2);
    expect(await harness.statuses(...all)).toEqual(['active', 'active', 'active', 'pending']);
  });

  it('conflicts and lost responses do not change the result', async () => {
    const faults = () =>
      front.injectFaults(
        'TransactWriteItems',
        { kind: 'conflict' },
        { kind: 'lostAnswer' },
        { kind: 'conflict' },
      );
    faults();
    const first = await harness.create({}, front.table);
    faults();
    const second = await harness.create({}, front.table);
    faults();
    await harness.users(front.table).delete(first.id);
    faults();
    expect(await harness.promote(front.table)).toEqual({ promoted: 1, finished: true });
    expect(await harness.statuses(first, second)).toEqual(['inactive', 'active']);
    await expectWithinSeats(harness.caller.domainId, table);
  });
});

describe('200 concurrent activations with 50 seats', () => {
  const SEATS = 50;
  const FREED = 10;

  /** Makes 60 transactions fail with a conflict. */
  function activateMany(): Promise<PromiseSettledResult<Resource>[]> {
    front.injectFaults(
      'TransactWriteItems',
      ...Array.from({ length: 60 }, () => ({ kind: 'conflict' }) as const),
    );
    const one = () => harness.create({}, front.table);
    return Promise.allSettled(Array.from({ length: 200 }, one));
  }
  const isDone = ({ status }: PromiseSettledResult<Resource>) => status === 'fulfilled';

  it('take exactly 50 seats, and 150 are refused', async () => {
    await harness.setSeats({ seats: SEATS });
    const results = await activateMany();
    expect(results.filter(isDone)).toHaveLength(SEATS);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 403 });
    const { counts } = await expectWithinSeats(harness.caller.domainId, table);
    expect(counts).toMatchObject({ activeLicenses: SEATS, pendingLicenses: 0 });
  });

  it('take exactly 50 seats and queue 150, and the 10 oldest get 10 freed seats', async () => {
    await harness.setSeats({ seats: SEATS, seatPolicy: 'wait' });
    expect((await activateMany()).filter(isDone)).toHaveLength(200);
    const { counts, licenses, pendingQueue } = await expectWithinSeats(harness.caller.domainId, table);
    expect(counts).toMatchObject({ activeLicenses: SEATS, pendingLicenses: 150 });

    const active = licenses.filter(({ status }) => status === 'active');
    await Promise.all(
      active.slice(0, FREED).map(({ userId }) => harness.users().patch(userId, activate(false))),
    );
    expect(await harness.promote()).toEqual({ promoted: FREED, finished: true });
    const after = await expectWithinSeats(harness.caller.domainId, table);
    expect(after.counts).toMatchObject({ activeLicenses: SEATS, pendingLicenses: 150 - FREED });
    const promotions = after.audit.filter(({ action }) => action === 'license.promoted');
    expect(promotions.map(({ resourceId }) => resourceId)).toEqual(
      pendingQueue.slice(0, FREED).map(({ userId }) => userId),
    );
  });
});
