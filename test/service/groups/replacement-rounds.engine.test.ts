import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { GroupsHarness } from '../../support/service/groups-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { seededRandom } from '../../support/random';
import { runRound, type Round } from './replacement-rounds';

/** `REPLACEMENT_ROUNDS=200` runs this number of rounds of two requests, and as many of three. */
const ROUNDS = Number(process.env.REPLACEMENT_ROUNDS ?? 6);
const SEED = Number(process.env.PROPERTY_SEED ?? 1);
/** A list of 1,000 takes long, so only some rounds have it. */
const SIZES = ROUNDS > 50 ? [8, 48, 100, 1_000] : [8, 48, 100];

let table: Table;
beforeAll(async () => {
  table = await createTableLikeSystem();
});

describe.each([2, 3])('%d requests that replace all members at the same time', (lists) => {
  it(`leave one list, in ${ROUNDS} rounds`, async () => {
    const random = seededRandom(SEED * 1_000 + lists);
    const problems: string[] = [];
    const harness = new GroupsHarness(table);
    const pool = await harness.newUsers(Math.max(...SIZES) * 1.5);
    for (let at = 0; at < ROUNDS; at++) {
      const size = SIZES[at % SIZES.length] ?? 8;
      const round: Round = { lists, size, singles: random(5), kills: at % 3 === 2 };
      problems.push(...(await runRound(harness, pool.slice(0, size * 1.5), round, random)));
    }
    expect(problems).toEqual([]);
    await expectConsistent(harness.caller.domainId, table);
  });
});
