import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import type { Command } from 'commander';
import { DEPLOYMENT_PARAMETER, type Deployment } from '../shared/deployment';
import { AdminError } from '../shared/service/admin-error';
import type { Actor } from '../shared/store/audit';

type Row = Readonly<Record<string, string | number | boolean | undefined>>;

/** What all commands need: the deployment that the options name, who acts, and a way to show what came of it. */
export class Cli {
  constructor(private readonly program: Command) {}

  /** Whoever runs the command may do all; the name is that of the account on this machine. */
  get actor(): Actor {
    return { kind: 'admin', id: 'operator', name: userName() };
  }

  async run(act: (deployment: Deployment) => Promise<void>): Promise<void> {
    const { local, session } = this.program.opts<{ local?: boolean; session: string }>();
    if (local) useLocalSystem(session);
    await act(await readParameter<Deployment>(DEPLOYMENT_PARAMETER));
  }

  /** A line for each of `fields` that there is. */
  print(row: object, fields: readonly string[]): void {
    if (this.asJson) return console.log(JSON.stringify(row, null, 2));
    for (const field of fields) {
      const value = (row as Row)[field];
      if (value !== undefined) console.log(`${field.padEnd(16)} ${String(value)}`);
    }
  }

  printTable(rows: readonly object[], fields: readonly string[]): void {
    if (this.asJson) return console.log(JSON.stringify(rows, null, 2));
    const cells = [fields, ...rows.map((row) => fields.map((field) => String((row as Row)[field] ?? '-')))];
    const widths = fields.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
    const lineOf = (line: readonly string[]) =>
      line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ');
    for (const line of cells) console.log(lineOf(line).trimEnd());
  }

  /** A parameter of the deployment. */
  read<T>(parameter: string): Promise<T> {
    return readParameter<T>(parameter);
  }

  get asJson(): boolean {
    return this.program.opts<{ json?: boolean }>().json === true;
  }
}

/** Undefined where the machine knows no account, as in some containers. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

/** The SDK finds its endpoints in the environment, so that nothing else has to know of them. */
function useLocalSystem(file: string): void {
  let session: { region: string; endpoints: Record<string, string> };
  try {
    session = JSON.parse(readFileSync(file, 'utf8')) as typeof session;
  } catch {
    throw new AdminError(`There is no local system at ${file}. Start one with: npm start`);
  }
  Object.assign(process.env, session.endpoints, {
    AWS_REGION: session.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
}

async function readParameter<T>(Name: string): Promise<T> {
  const client = new SSMClient({});
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name }));
    return JSON.parse(Parameter?.Value ?? '') as T;
  } catch (error) {
    if (!(error instanceof ParameterNotFound)) throw error;
    const region = await client.config.region();
    throw new AdminError(
      `Nothing is deployed in ${region}: there is no parameter ${Name}. Deploy first, or set AWS_REGION.`,
    );
  }
}
