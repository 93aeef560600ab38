import { readSnapshot } from '../../../shared/store/domains/counts';
import { countsShardKey, seatsKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { activate, SeatsHarness } from '../../support/service/seats-harness';
import { verifyCounts } from '../../support/service/verify-counts';
import { createTableLikeSystem } from '../../support/store/create-table';
import { queryItems } from '../../support/store/records';

let table: Table;
let harness: SeatsHarness;
beforeAll(async () => {
  table = await createTableLikeSystem();
});
beforeEach(() => (harness = new SeatsHarness(table)));

const domainId = () => harness.caller.domainId;
const verify = (repair: boolean) => verifyCounts(repair, { table, domainId: domainId() });
const loseSettings = () => table.delete(seatsKey(domainId()));
const LOST = { name: 'seatSettings', stored: 0, actual: 1 };

describe('the item of the seat settings, if it is lost', () => {
  it('is created again with the seats that the shards divide', async () => {
    await harness.setSeats({ seats: 3, seatPolicy: 'refuse' });
    const user = await harness.create();
    await harness.create();
    await loseSettings();
    expect(await verify(false)).toMatchObject({ differences: [LOST], repaired: 0, exact: true });
    expect(await table.get(seatsKey(domainId()))).toBeUndefined();

    expect(await verify(true)).toMatchObject({ differences: [LOST], repaired: 1, exact: true });
    expect(await readSnapshot(table, domainId())).toMatchObject({ seats: 3, seatPolicy: 'refuse' });
    expect(await verify(true)).toMatchObject({ differences: [], repaired: 0, exact: true });
    await expectConsistent(domainId(), table);
    const events = await queryItems(table, `${domainId()}#AUDIT`);
    expect(events.filter(({ action }) => action === 'domain.updated')).toMatchObject([
      { changes: [{ attribute: 'seatSettings' }] },
    ]);

    // One seat is free, and a license that ends gives its seat back.
    await harness.create();
    await expect(harness.create()).rejects.toMatchObject({ status: 403 });
    await harness.users().patch(String(user.id), activate(false));
    await harness.create();
    await harness.setSeats({ seats: 4 });
    await harness.create();
    await expectConsistent(domainId(), table);
  });

  it('has the policy by which licenses wait, and the number of seats despite a debt', async () => {
    await Promise.all(Array.from({ length: 3 }, () => harness.create()));
    await harness.setSeats({ seats: 2, seatPolicy: 'wait' });
    await harness.create();
    await loseSettings();
    expect(await verify(true)).toMatchObject({ differences: [LOST], queue: [], repaired: 1 });
    expect(await readSnapshot(table, domainId())).toMatchObject({ seats: 2, seatPolicy: 'wait' });
    expect(await verify(false)).toMatchObject({ differences: [], exact: true });
    await expectConsistent(domainId(), table);
  });

  it('is reported without a limit of the seats, and together with wrong counts', async () => {
    await harness.create();
    await loseSettings();
    await table.update(countsShardKey(domainId(), 5), { add: { users: 2 } });
    const differences = [{ name: 'users', stored: 3, actual: 1 }, LOST];
    expect(await verify(false)).toMatchObject({ differences, exact: true });
    expect(await verify(true)).toMatchObject({ differences, repaired: 2, exact: true });
    const snapshot = await readSnapshot(table, domainId());
    expect(snapshot).toMatchObject({ version: 1, seatPolicy: 'refuse' });
    expect(snapshot.seats).toBeUndefined();
    await harness.setSeats({ seats: 1 });
    expect(await verify(false)).toMatchObject({ differences: [], exact: true });
    await expectConsistent(domainId(), table);
  });
});
