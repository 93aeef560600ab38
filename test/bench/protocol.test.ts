import { MATCH_ROWS, PARSE_ROWS } from '../../bench/protocol/filter-rows';
import { measureProtocolRow } from '../../bench/protocol/measure';
import { MEMBER_ROWS, PATCH_ROWS, RESOURCE_ROWS } from '../../bench/protocol/resource-rows';
import type { Peer, ProtocolRow } from '../../bench/protocol/row';
import { ratiosOf } from '../../bench/protocol/targets';

/** Short, because only large losses of speed count here. `npm run bench -- protocol` measures exactly. */
const MILLISECONDS = 25;

/**
 * The smallest ratio of the speed to that of each peer. The ratios of docs/performance.md are three to five
 * times as large, but they vary on a busy machine.
 */
const FLOORS: Readonly<Record<ProtocolRow['group'], Partial<Record<Peer['name'], number>>>> = {
  parse: { 'scim2-parse-filter': 0.75, scimmy: 2.5 },
  match: { 'scim2-parse-filter': 0.75, scimmy: 5 },
  // scim-patch validates nothing, so it is faster.
  patch: { scimmy: 3, 'scim-patch': 0.08 },
  resource: { scimmy: 6 },
  members: { scimmy: 6 },
};

/**
 * The growth of the time per unit from the smallest to the largest input. The target is 1.5; a busy machine
 * has shown 2.
 */
const MAX_GROWTH = 4;

/** The smallest and the middle input of each kind of work. */
const ROWS: readonly ProtocolRow[] = [
  ...PARSE_ROWS.slice(0, 2),
  ...MATCH_ROWS.slice(0, 2),
  ...PATCH_ROWS.slice(0, 1),
  ...RESOURCE_ROWS,
  ...MEMBER_ROWS.slice(0, 1),
];

describe('the speed of the protocol, compared to other libraries in the same run', () => {
  it.each(ROWS.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    const { perSecond, peers } = await measureProtocolRow(row, MILLISECONDS);
    const floors = FLOORS[row.group];
    const ratios = peers.map(({ peer, perSecond: other }) => ({
      peer: peer.name,
      ratio: perSecond / other,
      floor: floors[peer.name] ?? Infinity,
    }));
    expect(ratios.filter(({ ratio, floor }) => ratio < floor)).toEqual([]);
  });

  it.each([
    ['parse a filter', PARSE_ROWS],
    ['PATCH', PATCH_ROWS],
    ['read a group', MEMBER_ROWS],
  ])('%s: the time per unit hardly grows with the input', async (_, rows) => {
    const figures = [];
    for (const row of rows) figures.push(await measureProtocolRow({ ...row, peers: [] }, MILLISECONDS));
    const [growth, ...others] = ratiosOf(figures);
    expect(others).toEqual([]);
    expect(growth?.growth).toBeLessThan(MAX_GROWTH);
  });
});

describe('the results of the service and of its peers', () => {
  it('match the same users', () => {
    for (const { run, peers, name } of MATCH_ROWS) {
      const ours = run();
      for (const peer of peers) expect([name, peer.name, peer.run()]).toEqual([name, peer.name, ours]);
    }
  });
});
