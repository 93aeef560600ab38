import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { commitOf, synthesizeCommit, synthesizeCurrent } from '../synthesize-commit';
import { Contender } from './contender';
import { measureHttp, type HttpFigures } from './measure';

interface Flags {
  readonly users: string;
  readonly connections: string;
  readonly seconds: string;
  readonly rounds: string;
  readonly commit?: string;
  readonly json?: string;
}

/** The users that are created by requests, on which the requests of the load work. */
const SAMPLES = 200;

/** Adds the command to the program. */
export function addHttpCommand(program: Command): void {
  program
    .command('http')
    .description('measure the service on this machine beside scimmy-routers on Express, with the same client')
    .option('--users <list>', 'users of the domain, separated by commas', '1000,100000')
    .option('--connections <n>', 'requests that the client sends at the same time', '4')
    .option('--seconds <n>', 'seconds of each kind of request, service, and round', '3')
    .option('--rounds <n>', 'rounds of each kind of request', '3')
    .option('--commit <ref>', 'measure the functions of this commit beside those of the working tree instead')
    .option('--json <file>', 'also write the figures to this file')
    .action(async ({ users, connections, seconds, rounds, commit, json }: Flags) => {
      const load = {
        ...{ connections: Number(connections), rounds: Number(rounds), samples: SAMPLES },
        milliseconds: 1_000 * Number(seconds),
      };
      const figures: HttpFigures[] = [];
      for (const size of users.split(',').map(Number))
        figures.push(...(await withContenders(commit, (all) => measureHttp(all, size, load))));
      print(figures);
      if (json !== undefined) writeFileSync(json, JSON.stringify(figures, undefined, 2));
    });
}

async function withContenders<T>(
  commit: string | undefined,
  act: (contenders: readonly Contender[]) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(path.join(tmpdir(), 'scim-bench-'));
  const contenders: Contender[] = [];
  try {
    const assembly = path.join(directory, 'current');
    synthesizeCurrent(assembly);
    const service = path.join(__dirname, 'service.ts');
    contenders.push(await Contender.start('this service', service, [assembly]));
    if (commit === undefined) {
      contenders.push(await Contender.start('scimmy-routers', path.join(__dirname, 'peer.ts')));
    } else {
      const former = path.join(directory, 'former');
      synthesizeCommit(commitOf(commit), path.join(directory, 'worktree'), former);
      contenders.push(await Contender.start(commit, service, [former]));
    }
    return await act(contenders);
  } finally {
    for (const contender of contenders) await contender.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function print(figures: readonly HttpFigures[]): void {
  console.log(
    '| request | users | service | requests a second | p50, ms | p99, ms | CPU for a request, ms | memory, MB |\n' +
      '| --- | ---: | --- | ---: | ---: | ---: | --- | --- |',
  );
  for (const { row, users, contender, perSecond, p50, p99, cpuMs, memoryMb } of figures) {
    const cells = [
      ...[row, users.toLocaleString('en'), contender, perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1)],
      parts(cpuMs, 2),
      parts(memoryMb, 0),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** Lists the parts that have a value, the largest first. */
const parts = (values: Readonly<Record<string, number>>, digits: number): string =>
  Object.entries(values)
    .filter(([, value]) => Number(value.toFixed(digits)) > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([name, value]) => `${name} ${value.toFixed(digits)}`)
    .join(', ');
