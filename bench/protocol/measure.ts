import type { Peer, ProtocolRow } from './row';
import { median } from '../median';

/** The speeds of one row, in runs per second of CPU-bound work. */
export interface ProtocolFigures {
  readonly row: ProtocolRow;
  readonly perSecond: number;
  /** The speed of only the work that a peer leaves out. */
  readonly floorPerSecond?: number;
  readonly peers: readonly { readonly peer: Peer; readonly perSecond: number }[];
}

/** Each contender is measured this many times, in turn with the others, and the median counts. */
const ROUNDS = 5;

/**
 * Measures a row: the service and its peers in turn, `milliseconds` each and round, after one round to warm
 * up.
 */
export async function measureProtocolRow(row: ProtocolRow, milliseconds: number): Promise<ProtocolFigures> {
  const contenders = [row.run, ...row.peers.map(({ run }) => run), ...(row.floor ? [row.floor] : [])];
  const speeds: number[][] = contenders.map(() => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, run] of contenders.entries()) {
      const perSecond = await speedOf(run, milliseconds);
      if (round > 0) speeds[index]?.push(perSecond);
    }
  }
  const [perSecond = 0, ...others] = speeds.map(median);
  const peers = row.peers.map((peer, index) => ({ peer, perSecond: others[index] ?? 0 }));
  return { row, perSecond, peers, ...(row.floor && { floorPerSecond: others.at(-1) }) };
}

/** Returns the runs per second of the CPU time that the process uses, so that other work counts less. */
async function speedOf(run: () => unknown, milliseconds: number): Promise<number> {
  const isAsync = run() instanceof Promise;
  const start = process.cpuUsage();
  let runs = 0;
  let used = 0;
  for (let batch = 1; used < milliseconds; batch = Math.min(2 * batch, 1_024)) {
    for (let index = 0; index < batch; index++) {
      if (isAsync) await run();
      else run();
    }
    runs += batch;
    const { user, system } = process.cpuUsage(start);
    used = (user + system) / 1_000;
  }
  return (1_000 * runs) / used;
}
