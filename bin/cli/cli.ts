import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { findAccess } from './connection/access';
import { AdminClient } from './connection/admin-client';
import type * as Aws from './connection/aws-deployment';
import { type Column, recordLines, tableLines } from './columns';
import { Failure } from './failure';
import { type LocalSession, localEnvironment, readSession, SESSION_FILE } from './connection/local-session';
import type { Listed } from './paging';
import type { Terminal } from './terminal';

interface GlobalOptions {
  readonly local?: boolean;
  readonly session: string;
  readonly json?: boolean;
}

/** What all commands need: the admin API of the deployment that the options name, and a way to show what came of it. */
export class Cli {
  constructor(
    private readonly program: Command,
    readonly terminal: Terminal,
  ) {}

  async api(): Promise<AdminClient> {
    return new AdminClient(await findAccess(this.session, this.terminal.env), `scim-cli (${userName()})`);
  }

  /** For what AWS alone knows, or with `--local` the part of the system that stands for it. */
  async aws(): Promise<typeof Aws> {
    if (this.session) Object.assign(process.env, localEnvironment(this.session));
    return import( './connection/aws-deployment');
  }

  /** JSON, or for people `lines`. */
  print(value: unknown, lines: () => readonly string[]): void {
    const shown = this.options.json ? [JSON.stringify(value, null, 2)] : lines();
    this.terminal.out(shown.map((line) => `${line}\n`).join(''));
  }

  printRecord<T>(value: T, columns: readonly Column<T>[]): void {
    this.print(value, () => recordLines(columns, value));
  }

  /** `none` is said where there is nothing. */
  printTable<T>(rows: readonly T[], columns: readonly Column<T>[], none: string): void {
    this.print(rows, () => (rows.length === 0 ? [none] : this.tableLines(rows, columns)));
  }

  /** As `printTable`, and says whether that was all. */
  printList<T>({ items, hasMore }: Listed<T>, columns: readonly Column<T>[], none: string): void {
    this.printTable(items, columns, none);
    if (hasMore) this.noteMore();
  }

  /** Says that a list goes on; to scripts as well, on standard error. */
  noteMore(): void {
    this.terminal.err('There are more: see them with --all, or with a larger --limit.\n');
  }

  tableLines<T>(rows: readonly T[], columns: readonly Column<T>[]): string[] {
    return tableLines(columns, rows, this.terminal.width);
  }

  /** Says something beside the result, on standard error; not to scripts. */
  note(...lines: readonly string[]): void {
    if (!this.options.json) this.terminal.err(lines.map((line) => `${line}\n`).join(''));
  }

  /** Goes on where the one who typed the command says yes, or has said so before by `--yes`. */
  async confirm(question: string, { yes }: { readonly yes?: boolean }): Promise<void> {
    if (yes) return;
    const { ask } = this.terminal;
    if (!ask) throw Failure.misused(`${question} Nobody is there to ask: say so with --yes.`);
    if (!/^y(es)?$/i.test((await ask(`${question} [y/N] `))?.trim() ?? ''))
      throw new Failure('Nothing was done.');
  }

  /** A command as it would be typed here to reach the same deployment. */
  commandLine(command: string): string {
    const { local, session } = this.options;
    const flags = [local && '--local', local && session !== SESSION_FILE && `--session ${session}`];
    return [invocation(this.terminal.env), ...flags.filter(Boolean), command].join(' ');
  }

  get options(): GlobalOptions {
    return this.program.opts<GlobalOptions>();
  }

  /** What `npm start` wrote down; undefined without `--local`. */
  get session(): LocalSession | undefined {
    const { local, session } = this.options;
    return local ? readSession(session) : undefined;
  }
}

/** How the one who reads this called the CLI. */
export const invocation = (env: Readonly<NodeJS.ProcessEnv>): string =>
  env.npm_lifecycle_event === 'scim' ? 'npm run scim --' : 'scim';

/** For the audit log; only what a header takes. */
function userName(): string {
  try {
    return userInfo().username.replace(/[^\x20-\x7e]/g, '?');
  } catch {
    // The machine knows no account, as in some containers.
    return 'unknown';
  }
}
