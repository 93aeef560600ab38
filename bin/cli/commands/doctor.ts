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
      'check a deployment from the outside, as an identity provider reaches it: DNS, TLS, gateway, key, and a round ' +
      'trip that creates and deletes an inactive user, which gets no license and no email',
    examples: [
      'doctor --local',
      'doctor --url https://scim.example.com/scim/v2 --key scim_...',
      'doctor --json --url https://scim.example.com/scim/v2',
    ],
  })
    .summary('check a deployment from the outside, as an identity provider reaches it')
    .option('--url <url>', 'SCIM base URL (default: from the deployment)')
    .addOption(
      new Option(
        '--key <key>',
        'SCIM key; prefer the variable SCIM_KEY, because other users of this machine can see command lines',
      ),
    )
    .action(async (options: DoctorOptions) => {
      const baseUrl = parseUrl(options.url ?? (await deployedUrl(cli)));
      const scimKey = (options.key ?? cli.terminal.env.SCIM_KEY ?? cli.session?.scimKey)?.trim();
      const interrupted = new AbortController();
      const release = cli.terminal.onInterrupt(() => {
        cli.note('Cleaning up. Press Ctrl-C again to exit immediately.');
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
    throw Failure.misused('Pass the SCIM base URL with --url. `domain show` prints it.');
  return (await (await cli.aws()).readDeployment(cli.stage)).baseUrl;
}

/** Parses a SCIM base URL and drops its query, because Entra ID's tenant URL ends in `?aadOptscim062020`. */
function parseUrl(text: string): string {
  const { protocol, origin, pathname } = URL.canParse(text) ? new URL(text) : new URL('none:');
  if (protocol === 'http:' || protocol === 'https:') return origin + pathname.replace(/\/+$/, '');
  throw Failure.misused(`"${text}" is not a valid URL. Example: https://scim.example.com/scim/v2`);
}
