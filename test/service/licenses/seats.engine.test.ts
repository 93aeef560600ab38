import { newId } from '../../../shared/id';
import type { Json, Resource } from '../../../shared/scim/resource';
import { seatsKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent, expectWithinSeats } from '../../support/consistency/consistency';
import { createTable } from '../../support/mail/mail-environment';
import { activate, SeatsHarness } from '../../support/service/seats-harness';
import { AT, readItem } from '../../support/store/records';

const noSeatError = { status: 403, detail: expect.stringContaining('1 seat for active users') as string };

let table: Table;
let harness: SeatsHarness;

beforeAll(async () => {
  table = await createTable();
});
beforeEach(() => {
  harness = new SeatsHarness(table);
});
afterEach(() => expectConsistent(harness.caller.domainId, table));

describe('with the seat policy refuse', () => {
  beforeEach(() => harness.setSeats({ seats: 1 }));

  it('an activation without a free seat changes nothing', async () => {
    await harness.create();
    await expect(harness.create()).rejects.toMatchObject(noSeatError);
    const inactive = await harness.create({ active: false });
    const body = { userName: inactive.userName as string, title: 'Countess', active: true };
    await expect(harness.users().replace(inactive.id, body)).rejects.toMatchObject(noSeatError);
    await expect(harness.users().patch(inactive.id, activate(true))).rejects.toMatchObject(noSeatError);
    const { users: stored, audit } = await expectWithinSeats(harness.caller.domainId, table);
    expect(stored).toHaveLength(2);
    expect(stored[1]).toMatchObject({ version: 1, attributes: { active: false } });
    expect(audit).toHaveLength(2);
  });

  it('a seat freed by deactivation or deletion goes to the next activation', async () => {
    const first = await harness.create();
    await harness.users().patch(first.id, activate(false));
    const second = await harness.create();
    await harness.users().delete(second.id);
    expect(await harness.statuses(first, second, await harness.create())).toEqual([
      'inactive',
      'inactive',
      'active',
    ]);
  });

  it('an active user stays active when other attributes change', async () => {
    const user = await harness.create();
    await harness.users().patch(user.id, { Operations: [{ op: 'add', path: 'title', value: 'Countess' }] });
    await harness.users().replace(user.id, { userName: `${newId()}@example.com`, active: true });
    expect(await harness.statuses(user)).toEqual(['active']);
  });

  it('a taken name is 409 even if no seat is free', async () => {
    const { userName } = await harness.create();
    await expect(harness.users().create({ userName } as Json)).rejects.toMatchObject({ status: 409 });
  });
});

describe('with the seat policy wait', () => {
  beforeEach(() => harness.setSeats({ seats: 1, seatPolicy: 'wait' }));

  it('the user is active and the license is queued', async () => {
    const first = await harness.create();
    const second = await harness.create({ title: 'Countess' });
    expect(second).toMatchObject({ active: true, title: 'Countess' });
    expect(await harness.statuses(first, second)).toEqual(['active', 'pending']);
    const { audit, licenses } = await expectWithinSeats(harness.caller.domainId, table);
    expect(audit.map(({ license }) => license)).toEqual(['activated', 'pending']);
    expect(licenses[1]?.activationId).toBeUndefined();
  });

  it('a new activation may take a seat that has just become free', async () => {
    const all = [await harness.create(), await harness.create()];
    await harness.users().patch(all[0]!.id, activate(false));
    const late = await harness.create();
    expect(await harness.promote()).toEqual({ promoted: 0, finished: true });
    expect(await harness.statuses(...all, late)).toEqual(['inactive', 'pending', 'active']);
  });

  it('the oldest licenses in the queue get the free seats', async () => {
    const all = [await harness.create(), await harness.create(), await harness.create()];
    const late = await harness.create();
    await harness.users().patch(all[0]!.id, activate(false));
    expect(await harness.promote()).toEqual({ promoted: 1, finished: true });
    expect(await harness.statuses(...all, late)).toEqual(['inactive', 'active', 'pending', 'pending']);
    await harness.setSeats({ seats: 3 });
    expect(await harness.promote()).toEqual({ promoted: 2, finished: true });
    expect(await harness.statuses(...all, late)).toEqual(['inactive', 'active', 'active', 'active']);
  });

  it.each<[string, (user: Resource) => Promise<unknown>, string]>([
    ['PATCH', ({ id }) => harness.users().patch(id, activate(false)), 'deactivated'],
    [
      'PUT',
      ({ id, userName }) => harness.users().replace(id, { userName, active: false } as Json),
      'deactivated',
    ],
    ['DELETE', ({ id }) => harness.users().delete(id), 'deleted'],
  ])('%s ends a queued license without freeing a seat', async (_, end, reason) => {
    const [first, second] = [await harness.create(), await harness.create()];
    await end(second);
    expect(await harness.statuses(first, second)).toEqual(['active', 'inactive']);
    const { audit, licenses, counts } = await expectWithinSeats(harness.caller.domainId, table);
    expect(audit.at(-1)).toMatchObject({ license: 'withdrawn' });
    expect(licenses[1]).toMatchObject({ reason });
    expect(counts).toMatchObject({ activeLicenses: 1, pendingLicenses: 0 });
  });

  it('other changes keep the place in the queue', async () => {
    const [, second] = [await harness.create(), await harness.create()];
    const before = await harness.queue().oldest(10);
    await harness.users().patch(second.id, {
      Operations: [{ op: 'replace', path: 'userName', value: 'ada@example.com' }],
    });
    await harness.users().patch(second.id, activate(true));
    expect(await harness.queue().oldest(10)).toEqual(before);
    await harness.setSeats({ seats: 2 });
    await harness.promote();
    const { licenses } = await expectConsistent(harness.caller.domainId, table);
    expect(licenses[1]).toMatchObject({ status: 'active', userName: 'ada@example.com' });
  });

  it('a reactivated user goes to the end of the queue', async () => {
    const all = [await harness.create(), await harness.create(), await harness.create()];
    for (const active of [false, true]) await harness.users().patch(all[1]!.id, activate(active));
    await harness.users().delete(all[0]!.id);
    await harness.promote();
    expect(await harness.statuses(...all)).toEqual(['inactive', 'pending', 'active']);
  });

  it('fewer seats end no license, and no seat is given until enough are free', async () => {
    await harness.setSeats({ seats: 3 });
    const all = [await harness.create(), await harness.create(), await harness.create()];
    await harness.setSeats({ seats: 1 });
    const late = await harness.create();
    expect(await harness.promote()).toEqual({ promoted: 0, finished: true });
    for (const { id } of all.slice(0, 2)) await harness.users().patch(id, activate(false));
    expect(await harness.promote()).toEqual({ promoted: 0, finished: true });
    await harness.users().delete(all[2]!.id);
    expect(await harness.promote()).toEqual({ promoted: 1, finished: true });
    expect(await harness.statuses(...all, late)).toEqual(['inactive', 'inactive', 'inactive', 'active']);
  });

  it('unlimited seats promote the whole queue', async () => {
    const all = [await harness.create(), await harness.create(), await harness.create()];
    await harness.setSeats({ seats: null });
    all.push(await harness.create());
    expect(await harness.statuses(...all)).toEqual(['active', 'pending', 'pending', 'active']);
    expect(await harness.promote()).toEqual({ promoted: 2, finished: true });
    expect(await harness.statuses(...all)).toEqual(['active', 'active', 'active', 'active']);
  });

  it('a requested promotion writes the seats only if licenses are queued', async () => {
    const counts = () => readItem(table, seatsKey(harness.caller.domainId));
    const first = await harness.create();
    await harness.queue().requestPromotion(new Date('2026-04-01T12:00:00.000Z'));
    expect(await counts()).toMatchObject({ wokenAt: AT });
    await harness.create();
    await harness.queue().requestPromotion(new Date('2026-04-01T12:00:00.000Z'));
    expect(await counts()).toMatchObject({ wokenAt: '2026-04-01T12:00:00.000Z' });
    expect(await harness.statuses(first)).toEqual(['active']);
  });

  it('queued licenses keep their place after a change to refuse', async () => {
    const [first, second] = [await harness.create(), await harness.create()];
    await harness.setSeats({ seatPolicy: 'refuse' });
    await expect(harness.create()).rejects.toMatchObject({ status: 403 });
    await harness.users().patch(first.id, activate(false));
    await harness.promote();
    expect(await harness.statuses(first, second)).toEqual(['inactive', 'active']);
  });
});
