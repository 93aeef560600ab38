import { newId } from '../../../shared/id';
import { closeCounts } from '../../../shared/store/domains/count-shards';
import type { Changes } from '../../../shared/store/table/expressions';
import { countsShardKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { SeatsHarness } from '../../support/service/seats-harness';
import { SMALL_PARTS, verifyCounts, verifyPart } from '../../support/service/verify-counts';
import { createTableLikeSystem } from '../../support/store/create-table';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';

let table: Table;
let front: EngineProxy;
let harness: SeatsHarness;
beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(() => (harness = new SeatsHarness(table)));

const domainId = () => harness.caller.domainId;
const corrupt = (shard: number, changes: Changes) => table.update(countsShardKey(domainId(), shard), changes);
const options = (more: object = {}) => ({ table, domainId: domainId(), ...more });
const verify = (repair: boolean, more?: object) => verifyCounts(repair, options(more));

/** A domain with 3 of 4 seats taken. */
async function givenDomain(): Promise<void> {
  await harness.setSeats({ seats: 4, seatPolicy: 'wait' });
  for (let at = 0; at < 3; at++) await harness.create();
}

describe('a domain that changes', () => {
  const changingOnce = async (change: () => Promise<unknown>) => {
    await givenDomain();
    await corrupt(0, { add: { users: 1 } });
    const { next } = await verifyPart(true, options(SMALL_PARTS));
    await change();
    return verifyPart(true, options(), next);
  };

  it.each<[string, () => Promise<unknown>]>([
    ['a user is created', () => harness.create()],
    [
      'a user is created and deleted',
      async () => harness.users().delete(String((await harness.create({ active: false })).id)),
    ],
    ['the seats change', () => harness.setSeats({ seats: 9 })],
  ])('is counted again, and then repaired: %s', async (_, change) => {
    expect(await changingOnce(change)).toMatchObject({
      ...{ differences: [{ name: 'users' }], exact: true, repaired: 1 },
    });
    await expectConsistent(domainId(), table);
  });

  it('is not repaired if it changes each time that it is counted', async () => {
    await givenDomain();
    let part = await verifyPart(true, options(SMALL_PARTS));
    while (part.next && 'checkId' in part.next) {
      expect(part).toMatchObject({ differences: [], exact: true });
      await corrupt(0, { add: { users: 1 } });
      part = await verifyPart(true, options(SMALL_PARTS), part.next);
    }
    expect(part).toMatchObject({ differences: [{ name: 'users' }], exact: false, repaired: 0 });
    expect(await verify(true)).toMatchObject({ differences: [{ name: 'users' }], repaired: 1 });
    await expectConsistent(domainId(), table);
  });

  it('is not repaired if it changes just before each repair', async () => {
    await givenDomain();
    await corrupt(0, { add: { users: 1 } });
    const fault = { kind: 'after', act: async () => void (await harness.create()) } as const;
    front.injectFaults('TransactWriteItems', fault, fault, fault, fault);
    expect(await verify(true, { table: front.table })).toMatchObject({ exact: false, repaired: 0 });
    expect(await verify(true)).toMatchObject({ differences: [{ name: 'users' }], repaired: 1 });
    await expectConsistent(domainId(), table);
  });

  it('is not compared if it is being deleted', async () => {
    await givenDomain();
    await closeCounts(table, domainId(), new Date().toISOString());
    for (const repair of [false, true])
      expect(await verify(repair)).toMatchObject({ checked: 0, differences: [], exact: true, parts: 1 });
  });

  it('needs a check that has begun, and that no cursor can change', async () => {
    await givenDomain();
    await expect(verifyPart(true, options(), { checkId: newId() })).rejects.toMatchObject({
      problem: 'invalid',
    });
    const { next } = await verifyPart(true, options(SMALL_PARTS));
    await verifyPart(true, options(), next);
    await expect(verifyPart(true, options(), next)).rejects.toMatchObject({ problem: 'invalid' });
  });
});
