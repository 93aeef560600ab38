import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { commitOf, synthesizeCommit, synthesizeCurrent } from '../synthesize-commit';
import { FLOOR, measureRequests, type RequestFigures } from './measure';

const CURRENT = 'this commit';

/** Adds the command to the program. */
export function addRequestCommand(program: Command): void {
  program
    .command('request')
    .description(
      'measure the CPU time of a request in its function, beside another commit and the calls to DynamoDB alone',
    )
    .option('--commit <ref>', 'the other commit', '0.1.0')
    .option('--rounds <n>', 'rounds of each request', '5')
    .option('--requests <n>', 'requests of each round', '6000')
    .action(async ({ commit, rounds, requests }: Record<'commit' | 'rounds' | 'requests', string>) => {
      const directory = mkdtempSync(path.join(tmpdir(), 'scim-bench-'));
      try {
        const [current, former] = ['current', 'former'].map((name) => path.join(directory, name)) as [
          string,
          string,
        ];
        synthesizeCurrent(current);
        synthesizeCommit(commitOf(commit), path.join(directory, 'worktree'), former);
        const assemblies = new Map([
          [CURRENT, current],
          [commit, former],
        ]);
        const load = { rounds: Number(rounds), requests: Number(requests) };
        print(commit, await measureRequests(assemblies, load));
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    });
}

/** Prints a table. The rest is the time that the service itself needs, besides the calls to DynamoDB. */
function print(commit: string, figures: readonly RequestFigures[]): void {
  console.log(
    `| request | ${CURRENT}, ms | ${commit}, ms | ${FLOOR}, ms | the rest of ${CURRENT} | of ${commit} | change of the rest |\n` +
      '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
  );
  for (const { request, cpuMs } of figures) {
    const [now = NaN, before = NaN, floor = NaN] = [CURRENT, commit, FLOOR].map((name) => cpuMs[name]);
    const rests = [now - floor, before - floor] as const;
    const cells = [now, before, floor, ...rests].map((ms) => ms.toFixed(3));
    console.log(`| ${[request, ...cells, `${(100 * (rests[0] / rests[1] - 1)).toFixed(0)}%`].join(' | ')} |`);
  }
}
