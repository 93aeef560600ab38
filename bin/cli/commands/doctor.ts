import { Option, type Command } from 'commander';
import { type Diagnosis, diagnose } from '../../doctor/diagnose';
import type { Cli } from '../cli';
import { addCommand } from '../command';
import { EXIT, Failure } from '../failure';

interface DoctorOptions {
  readonly url?: string;
  readonly key?: string;
}

const LABELS: Readonly<Record<Diagnosis['status'], string>> = {
  ok: 'ok',
  warning: 'WARNING',
  failed: 'FAILED',
  skipped: 'skipped',
};

/** Adds `doctor`. */
export function addDoctorCommand(program: Command, cli: Cli): void {
  addCommand(program, cli, {
    usage: 'doctor',
    description:
      'check a deployment from outside, as an identity provider reaches it: DNS, TLS, gateway, key, and a round ' +
      'trip with a user that is not active, so that nobody gets a license or a mail, and that is deleted again',
    examples: [
      'doctor --local',
      'doctor --url https://scim.example.com/scim/v2 --key scim_...',
      'doctor --json --url https://scim.example.com/scim/v2',
    ],
  })
    .summary('check a deployment from outside, as an identity provider reaches it')
    .option('--url <url>', 'SCIM base URL (default: that of the deployment)')
    .addOption(
      new Option('--key <key>', 'a SCIM key (better in SCIM_KEY: others may see how a command is called)'),
    )
    .action(async (options: DoctorOptions) => {
      const baseUrl = checkedUrl(options.url ?? (await deployedUrl(cli)));
      const scimKey = (options.key ?? cli.terminal.env.SCIM_KEY ?? cli.session?.scimKey)?.trim();
      const interrupted = new AbortController();
      const release = cli.terminal.onInterrupt(() => {
        cli.note('Cleaning up first. Once more to leave at once.');
        interrupted.abort();
      });
      const diagnoses: Diagnosis[] = [];
      try {
        for await (const diagnosis of diagnose({ baseUrl, scimKey, signal: interrupted.signal })) {
          diagnoses.push(diagnosis);
          if (!cli.options.json) cli.print(diagnosis, () => linesOf(diagnosis));
        }
      } finally {
        release();
      }
      if (cli.options.json) cli.print(diagnoses, () => []);
      if (interrupted.signal.aborted) throw new Failure('Interrupted.', EXIT.interrupted);
      if (diagnoses.some(({ status }) => status === 'failed')) throw new Failure('A check failed.');
    });
}

const linesOf = ({ check, status, found, action }: Diagnosis): string[] => [
  `${LABELS[status].padEnd(7)}  ${check.padEnd(10)}  ${found}`,
  ...(action ? [`${' '.repeat(21)}${action}`] : []),
];

async function deployedUrl(cli: Cli): Promise<string> {
  if (cli.session) return cli.session.baseUrl;
  if (cli.terminal.env.SCIM_ADMIN_URL)
    throw Failure.misused('Say which SCIM base URL is to be checked, with --url: `domain show` has it.');
  return (await (await cli.aws()).readDeployment()).baseUrl;
}

/** Without what Entra ID has at its end (`?aadOptscim062020`). */
function checkedUrl(text: string): string {
  const { protocol, origin, pathname } = URL.canParse(text) ? new URL(text) : new URL('none:');
  if (protocol === 'http:' || protocol === 'https:') return origin + pathname.replace(/\/+$/, '');
  throw Failure.misused(`"${text}" is no URL. It is such as https://scim.example.com/scim/v2.`);
}
