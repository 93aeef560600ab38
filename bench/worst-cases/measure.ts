import { FILTER_CASES } from './filter-cases';
import { OTHER_CASES } from './other-cases';
import { PATCH_CASES } from './patch-cases';
import type { WorstCase } from './worst-case';

export const WORST_CASES: readonly WorstCase[] = [...PATCH_CASES, ...FILTER_CASES, ...OTHER_CASES];

/** The CPU time of a worst case for inputs of one, two, and four times a size. */
export interface WorstCaseTime {
  readonly name: string;
  readonly size: number;
  readonly milliseconds: readonly number[];
  readonly isRefused: boolean;
}

const FACTORS = [1, 2, 4];
const WARM_UP_RUNS = 3;

/** Measures the CPU time of each case, as the median of `runs` runs. */
export async function measureWorstCases(runs: number): Promise<WorstCaseTime[]> {
  const times: WorstCaseTime[] = [];
  for (const worstCase of WORST_CASES) {
    const { name, size } = worstCase;
    // The first runs compile the code.
    await measure(worstCase, size, WARM_UP_RUNS);
    const results: Awaited<ReturnType<typeof measure>>[] = [];
    for (const factor of FACTORS) results.push(await measure(worstCase, size * factor, runs));
    times.push({
      name,
      size,
      milliseconds: results.map(({ milliseconds }) => milliseconds),
      isRefused: results.some(({ isRefused }) => isRefused),
    });
  }
  return times;
}

async function measure(worstCase: WorstCase, size: number, runs: number) {
  const times: number[] = [];
  let isRefused = false;
  for (let run = 0; run < runs; run++) {
    const perform = worstCase.prepare(size);
    const before = process.cpuUsage();
    isRefused = (await perform()) === 'refused';
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  return { milliseconds: times[Math.floor(runs / 2)] ?? 0, isRefused };
}
