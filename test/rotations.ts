import { rmSync } from 'node:fs';
import path from 'node:path';
import { program } from 'commander';
import { startHookHost } from './support/jest/hook-host';
import { requiredAssembly } from './support/rehearsals/options';
import { assemblyWithRefresh, rehearseRotations } from './support/rotations/rehearsal';
import { fastDirectory, startOwnSystem } from './support/system/own-system';

interface Flags {
  readonly assembly: string;
  readonly refresh: string;
  readonly after: string;
  readonly load: string;
}

/** Rotates the secrets of a system of its own under load, and prints figures. */
async function main(): Promise<void> {
  const flags = program
    .name('npm run test:rotations --')
    .description(
      'Rotates each secret of a local system under load, and counts the requests that are refused.',
    )
    .option('--refresh <seconds>', 'the time after which functions read a secret again', '300')
    .option('--after <seconds>', 'the time until functions use a new version', '900')
    .option('--load <seconds>', 'the time of the load before and after the rotations', '90')
    .addOption(requiredAssembly())
    .parse()
    .opts<Flags>();
  const directory = fastDirectory('scim-rotations-');
  const assembly = path.join(directory, 'cdk.out');
  assemblyWithRefresh(path.resolve(flags.assembly), assembly, Number(flags.refresh));
  const hooks = await startHookHost();
  const system = await startOwnSystem({
    assembly,
    flags: ['--fresh', '--rate-plan', 'unmetered', '--webhook-origin', hooks],
  });
  try {
    const startedAt = Date.now();
    const { accepted, refused, problems } = await rehearseRotations({
      state: system.state,
      leadSeconds: Number(flags.after),
      loadSeconds: Number(flags.load),
      progress: console.error,
    });
    const count = Object.values(accepted).reduce((sum, each) => sum + each, 0);
    console.log(`${count} requests in ${Math.round((Date.now() - startedAt) / 1_000)} s`);
    for (const [kind, each] of Object.entries(accepted).sort())
      console.log(`${String(each).padStart(6)} ${kind}`);
    console.log(`${refused.length} refused, ${problems.length} problems`);
    for (const problem of [...new Set(refused), ...problems]) console.log(`- ${problem}`);
    process.exitCode = refused.length + problems.length > 0 ? 1 : 0;
  } finally {
    await system.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

void main();
