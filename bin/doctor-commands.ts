import type { Command } from 'commander';
import { DEPLOYMENT_PARAMETER, type Deployment } from '../shared/deployment';
import { AdminError } from '../shared/service/admin-error';
import type { Cli } from './cli';
import { type Diagnosis, diagnose } from './doctor';
import { examples } from './examples';

interface DoctorOptions {
  readonly url?: string;
  readonly key?: string;
}

/** Adds `doctor`. */
export function addDoctorCommand(program: Command, cli: Cli): void {
  program
    .command('doctor')
    .description(
      'check a deployment from outside: DNS, TLS, gateway, key, and a round trip that it cleans up',
    )
    .option('--url <url>', 'SCIM base URL; without it, that of the deployment')
    .option(
      '--key <key>',
      'a SCIM key; without it, SCIM_KEY of the environment, and with --local that of the session',
    )
    .addHelpText(
      'after',
      examples(
        '--local doctor',
        'doctor --url https://scim.example.com/scim/v2 --key scim_…',
        '--json doctor --key scim_…',
      ),
    )
    .action(async ({ url, key }: DoctorOptions) => {
      const scimKey = key ?? cli.session?.scimKey ?? process.env.SCIM_KEY;
      if (!scimKey) throw new AdminError('There is no SCIM key to try. Give one with --key, or in SCIM_KEY.');
      const found = url ?? (await cli.read<Deployment>(DEPLOYMENT_PARAMETER)).baseUrl;
      const baseUrl = found.replace(/\/$/, '');
      if (!URL.canParse(baseUrl)) throw new AdminError(`"${baseUrl}" is no URL.`);
      const diagnoses: Diagnosis[] = [];
      for await (const diagnosis of diagnose({ baseUrl, scimKey })) {
        diagnoses.push(diagnosis);
        const { check, ok, says } = diagnosis;
        if (!cli.asJson) console.log(`${ok ? 'ok     ' : 'FAILED '} ${check.padEnd(11)} ${says}`);
      }
      if (cli.asJson) cli.print(diagnoses, []);
      if (diagnoses.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}
