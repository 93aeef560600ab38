import type { ConflictCount } from '../../local/services/dynamodb/conflicts/conflict-watch';
import { BenchDomain, type MeasuredSystem } from './bench-domain';
import { percentile, sendAtRate, type Sample } from './load';
import type { CreateDomain, LoadSize, Row } from './row';

const RESOURCE_FUNCTIONS = /Functions(Users|Groups|Bulk)/;

/** The figures of one load. */
export interface LoadFigures {
  /**
   * Transactions and writes that were sent, per one that was made. Only refusals because of a conflict count.
   */
  readonly triesPerCommit: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly slowest: number;
  /** Responses with a status of 500 or more. */
  readonly serverErrors: number;
  /** Other responses without success. A load sends only requests that should succeed. */
  readonly clientErrors: number;
  /** The part of the transactions that used the item which most of them used, from 0 to 1. */
  readonly busiestShare: number;
  /** Responses by their status. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** The figures of a row, measured with transactions that hold their items for `holdMs`. */
export interface RowFigures {
  readonly row: Row;
  readonly holdMs: number;
  readonly withoutConflicts: LoadFigures;
  readonly withConflicts: LoadFigures;
}

/** Runs the load of a row twice, each time on a new domain: without conflicts, then with conflicts. */
export async function measureRow(
  system: MeasuredSystem,
  row: Row,
  size: LoadSize,
  holdMs: number,
): Promise<RowFigures> {
  const withoutConflicts = await measureLoad(system, row, size, { holdMs, refuses: false });
  const withConflicts = await measureLoad(system, row, size, { holdMs, refuses: true });
  return { row, holdMs, withoutConflicts, withConflicts };
}

/** Runs the load of a row once, on a new domain. */
export async function measureLoad(
  system: MeasuredSystem,
  row: Row,
  size: LoadSize,
  { holdMs, refuses }: { readonly holdMs: number; readonly refuses: boolean },
): Promise<LoadFigures> {
  const createDomain: CreateDomain = async (seats) => {
    const domain = await BenchDomain.create(system, seats);
    await domain.watchConflicts(false, 0);
    return domain;
  };
  const [domain, load] = await row.prepare(createDomain, size);
  await domain.untilQuiet();
  await domain.watchConflicts(refuses, holdMs);
  let isOver = false;
  const background = load.background?.(() => isOver);
  const samples = await sendAtRate(size, load.send);
  isOver = true;
  await load.settled?.();
  // What continues in the background meets no load anymore, so it does not count.
  const counts = await domain.takeConflicts();
  await background;
  await domain.untilQuiet();
  return figuresOf(samples, counts, row.functions ?? RESOURCE_FUNCTIONS);
}

function figuresOf(
  samples: readonly Sample[],
  counts: readonly ConflictCount[],
  functions: RegExp,
): LoadFigures {
  const counted = counts.filter((each) => functions.test(each.function));
  const sum = (outcome: 'committed' | 'refused') => counted.reduce((total, each) => total + each[outcome], 0);
  const transactions = counted.filter(({ kind }) => kind === 'transactWrite');
  const busiest = transactions.reduce((most, each) => Math.max(most, each.busiest), 0);
  const statuses: Record<string, number> = {};
  for (const { status } of samples) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    triesPerCommit: 1 + sum('refused') / Math.max(1, sum('committed')),
    p50: percentile(samples, 0.5),
    p95: percentile(samples, 0.95),
    slowest: percentile(samples, 1),
    serverErrors: samples.filter(({ status }) => status >= 500).length,
    clientErrors: samples.filter(({ status }) => status >= 300 && status < 500).length,
    busiestShare:
      busiest /
      Math.max(
        1,
        transactions.reduce((total, { committed }) => total + committed, 0),
      ),
    statuses,
  };
}
