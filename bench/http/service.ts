/** Runs the local system for the bench `http`. Its only argument is the directory of a cloud assembly. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSystem, type System } from '../../local/product/system';
import { type FunctionReport, functionsOf, untilQuiet } from '../functions';
import { fillDomain, unlimitedTable } from '../seed/fill-domain';
import { newUser } from './rows';
import { serveOrders, type ContenderMessage, type Usage } from './contender';

const QUIET_MS = 2_000;
/** Linux counts the CPU time of processes in hundredths of a second. */
const MS_PER_TICK = 10;

async function run(assembly: string): Promise<void> {
  const state = mkdtempSync(path.join(tmpdir(), 'scim-bench-'));
  const system = await startSystem({
    ...{ port: 0, state, fresh: true, synth: false, assembly, verbose: false },
    ...{ ratePlan: 'unmetered', meter: false, transactionHold: 'off', measuresUsage: true },
  });
  const { session } = system;
  let filled = 0;
  serveOrders(async (order): Promise<ContenderMessage | undefined> => {
    switch (order.kind) {
      case 'fill': {
        const first = filled;
        await fillDomain(unlimitedTable(system), session.domainId, {
          users: order.users,
          attributesOf: (number) => newUser(`filled-${first + number}`) as { userName: string },
        });
        filled += order.users;
        return { kind: 'filled' };
      }
      case 'settle':
        await untilQuiet(system, QUIET_MS);
        return { kind: 'quiet' };
      case 'measure':
        return { kind: 'usage', usage: await usageOf(system) };
      case 'stop':
        await system.stop();
        rmSync(state, { recursive: true, force: true });
        return void process.disconnect();
    }
  });
  const target = { baseUrl: session.baseUrl, token: session.scimKey };
  process.send?.({ kind: 'ready', target } satisfies ContenderMessage);
}

async function usageOf(system: System): Promise<Usage> {
  const functions = (await functionsOf(system)).filter(({ invocations }) => invocations > 0);
  const ofRequests = functions.filter(({ name }) => name.includes('UsersFunction'));
  const others = functions.filter((each) => !ofRequests.includes(each));
  const { user, system: kernel } = process.cpuUsage();
  return {
    users: sumOf(ofRequests),
    'other functions': sumOf(others),
    'gateway and local cloud': {
      cpuMs: (user + kernel) / 1_000,
      memoryMb: process.memoryUsage.rss() / 2 ** 20,
    },
    engine: engineUsage(),
  };
}

const sumOf = (functions: readonly FunctionReport[]): Usage[string] => ({
  cpuMs: functions.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
  memoryMb: Math.max(0, ...functions.map(({ peakMemoryMb }) => peakMemoryMb)),
});

/** Returns the usage of the process of the engine, which is a child of this one. */
function engineUsage(): Usage[string] {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [parent, userTicks, kernelTicks] = [fields[1], fields[11], fields[12]].map(Number);
      if (parent !== process.pid || !stat.includes('(dynoxide')) continue;
      const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
      return {
        cpuMs: ((userTicks ?? 0) + (kernelTicks ?? 0)) * MS_PER_TICK,
        memoryMb: (pages * 4_096) / 2 ** 20,
      };
    } catch {
      // The process has ended.
    }
  }
  return { cpuMs: NaN, memoryMb: NaN };
}

run(process.argv[2] ?? '').catch((error: unknown) => {
  process.send?.({ kind: 'failed', problem: String(error) } satisfies ContenderMessage);
  process.exitCode = 1;
});
