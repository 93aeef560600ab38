import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { program } from 'commander';
import { synthesize } from '../local/cloud/template/synth';
import { Teardown } from '../local/host/processes/teardown';
import { optionalAssembly } from './support/rehearsals/options';
import { reportProblems } from './support/rehearsals/report-problems';
import { problemsOf } from './support/restore/problems';
import { rehearse } from './support/restore/rehearse';
import { fastDirectory } from './support/system/own-system';

const ROOT = path.join(__dirname, '..');

/** Rehearses the restore of the table, and prints what it has found. */
async function main(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const flags = program
    .name('npm run rehearsal:restore --')
    .description(
      'Rehearses docs/runbook.md, "Restore the table": loses the table of a local system with data, restores and attaches ' +
        'it, and checks the data, the emails, and the events.',
    )
    .option('--domains <number>', 'the domains with users', '1')
    .option('--users <number>', 'the users of each domain, at least 3', '3')
    .addOption(optionalAssembly())
    .parse()
    .opts<{ domains: string; users: string; assembly?: string }>();
  const [domains, users] = [Number(flags.domains), Number(flags.users)];
  if (!(domains >= 1) || !(users >= 3)) program.error('Choose at least one domain and three users.');
  const progress = (step: string) => console.log(step);
  const state = fastDirectory('scim-restore-');
  const output = mkdtempSync(path.join(tmpdir(), 'scim-restore-'));
  const teardown = new Teardown();
  try {
    if (flags.assembly === undefined) progress('Synthesizing the stacks');
    if (flags.assembly === undefined) await synthesize(ROOT, output, { stage: 'local' }, teardown);
    const found = await rehearse({ assembly: flags.assembly ?? output, state, domains, users, progress });
    const problems = problemsOf(found);
    console.log({
      licenses: Object.keys(found.checks.before).length,
      events: found.sequences,
      secondsFromLossToLicenseChecks: Math.round(found.recoveryMs / 1_000),
    });
    reportProblems(problems);
  } finally {
    await teardown.run();
    for (const directory of [state, output]) rmSync(directory, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
