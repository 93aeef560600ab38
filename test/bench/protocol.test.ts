import { MATCH_ROWS, PARSE_ROWS } from '../../bench/protocol/filter-rows';
import { measureProtocolRow } from '../../bench/protocol/measure';
import { MEMBER_ROWS, PATCH_ROWS, RESOURCE_ROWS } from '../../bench/protocol/resource-rows';
import type { ProtocolRow } from '../../bench/protocol/row';
import { targetOf } from '../../bench/protocol/targets';

/** Short, because only large losses of speed count here. `npm run bench -- protocol` measures exactly. */
const MILLISECONDS = 25;
/** The part of a target that must be reached also on a machine with other work. */
const TOLERANCE = 0.5;

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
    const lost = peers
      // It validates nothing, so a slow machine may well make it faster.
      .filter(({ peer }) => peer.name !== 'scim-patch')
      .map(({ peer, perSecond: other }) => ({
        peer: peer.name,
        ratio: perSecond / other,
        target: targetOf(peer),
      }))
      .filter(({ ratio, target }) => ratio < target * TOLERANCE);
    expect(lost).toEqual([]);
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
