import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import type { Command } from 'commander';
import {
  ADMIN_PARAMETER,
  type AdminDeployment,
  DEPLOYMENT_PARAMETER,
  type Deployment,
} from '../shared/deployment';
import { fetchSecret } from '../shared/secret';
import { AdminError } from '../shared/service/admin-error';
import { adminTokenOf } from '../shared/service/admin-token';
import { type AdminAccess, AdminClient } from './admin-client';

type Row = Readonly<Record<string, string | number | boolean | undefined>>;

/** What all commands need: the deployment that the options name, its admin API, and a way to show what came of it. */
export class Cli {
  constructor(private readonly program: Command) {}

  /** For what the admin API does. */
  async run(act: (api: AdminClient) => Promise<void>): Promise<void> {
    await act(new AdminClient(await this.access(), `scim-cli (${userName() ?? 'unknown'})`));
  }

  /** For what works on the parts of the deployment itself. */
  async runOnDeployment(act: (deployment: Deployment) => Promise<void>): Promise<void> {
    await act(await this.read<Deployment>(DEPLOYMENT_PARAMETER));
  }

  /** A parameter of the deployment. */
  read<T>(parameter: string): Promise<T> {
    this.useLocalSystem();
    return readParameter<T>(parameter);
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

  get asJson(): boolean {
    return this.program.opts<{ json?: boolean }>().json === true;
  }

  /** What `npm start` wrote down; undefined without `--local`. */
  get session(): LocalSession | undefined {
    const { local, session } = this.program.opts<{ local?: boolean; session: string }>();
    return local ? readSession(session) : undefined;
  }

  /** By the environment, where it says both; else the deployment says where, and its secret holds the token. */
  private async access(): Promise<AdminAccess> {
    const { SCIM_ADMIN_URL: url, SCIM_ADMIN_TOKEN: token } = process.env;
    if (!this.session && url && token) return { url: url.replace(/\/$/, ''), token };
    const admin = await this.read<AdminDeployment>(ADMIN_PARAMETER);
    return { url: admin.adminUrl, token: adminTokenOf(await fetchSecret(admin.adminTokenSecretArn)) };
  }

  /** The SDK finds its endpoints in the environment, so that nothing else has to know of them. */
  private useLocalSystem(): void {
    const { session } = this;
    if (!session) return;
    Object.assign(process.env, session.endpoints, {
      AWS_REGION: session.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
  }
}

interface LocalSession {
  readonly region: string;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly baseUrl: string;
  readonly scimKey: string;
}

/** Undefined where the machine knows no account, as in some containers. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

function readSession(file: string): LocalSession {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LocalSession;
  } catch {
    throw new AdminError(`There is no local system at ${file}. Start one with: npm start`);
  }
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
