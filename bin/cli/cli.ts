import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { escapeControls } from '../../shared/scim/text';
import { DEFAULT_STAGE, isStageName, LOCAL_STAGE, STAGE_NAME_RULE } from '../../shared/stage';
import { findAccess } from './connection/access';
import { AdminClient } from './connection/admin-client';
import type * as Aws from './connection/aws-deployment';
import { type Column, recordLines, tableLines } from './columns';
import { Failure } from './failure';
import { type LocalSession, localEnvironment, readSession, sessionFile } from './connection/local-session';
import { ExportProgress } from './export-progress';
import { collectItems, type ListResult, type Page, type PageQuery } from './paging';
import type { Terminal } from './terminal';

interface GlobalOptions {
  readonly local?: boolean;
  readonly session?: string;
  readonly stage?: string;
  readonly json?: boolean;
}

/** The context of all commands: the admin API of the selected deployment, and the output of results. */
export class Cli {
  constructor(
    private readonly program: Command,
    readonly terminal: Terminal,
  ) {}

  async api(): Promise<AdminClient> {
    return new AdminClient(
      await findAccess(this.session, this.terminal.env, this.stage),
      `scim-cli (${userName()})`,
    );
  }

  /**
   * Reads up to `limit` items page by page. If there are several pages, shows on standard error how far it
   * is. `noun` is the plural of the items, such as `users`.
   */
  async collect<T>(
    noun: string,
    limit: number,
    read: (page: PageQuery) => Promise<Page<T>>,
  ): Promise<ListResult<T>> {
    const progress = new ExportProgress(this.terminal, noun, false);
    try {
      return await collectItems(limit, read, (items) => progress.add(items));
    } finally {
      progress.end();
    }
  }

  /** Returns access to the deployment's AWS services, or to their local replacements with `--local`. */
  async aws(): Promise<typeof Aws> {
    if (this.session) Object.assign(process.env, localEnvironment(this.session));
    return import('./connection/aws-deployment');
  }

  /** Prints the value as JSON with `--json`, otherwise `lines`. Line breaks within a line are escaped. */
  print(value: unknown, lines: () => readonly string[]): void {
    const shown = this.options.json ? [JSON.stringify(value, null, 2)] : lines().map(escapeControls);
    this.terminal.out(shown.map((line) => `${line}\n`).join(''));
  }

  printRecord<T>(value: T, columns: readonly Column<T>[]): void {
    this.print(value, () => recordLines(columns, value));
  }

  /** Prints a table, or `none` if there are no rows. */
  printTable<T>(rows: readonly T[], columns: readonly Column<T>[], none: string): void {
    this.print(rows, () => (rows.length === 0 ? [none] : this.tableLines(rows, columns)));
  }

  /** Prints a table, and reports if the list has more items. */
  printList<T>({ items, hasMore }: ListResult<T>, columns: readonly Column<T>[], none: string): void {
    this.printTable(items, columns, none);
    if (hasMore) this.reportMore();
  }

  /** Reports on standard error that the list has more items, also with `--json`. */
  reportMore(): void {
    this.terminal.err('There are more items. Show them with --all or a larger --limit.\n');
  }

  tableLines<T>(rows: readonly T[], columns: readonly Column<T>[]): string[] {
    return tableLines(columns, rows, this.terminal.width);
  }

  /** Prints a hint on standard error; prints nothing with `--json`. */
  note(...lines: readonly string[]): void {
    if (!this.options.json) this.terminal.err(lines.map((line) => `${line}\n`).join(''));
  }

  /** Returns if the user confirms or passed `--yes`; otherwise throws a `Failure`. */
  async confirm(question: string, options: { readonly yes?: boolean }): Promise<void> {
    this.assertConfirmable(question, options);
    if (options.yes) return;
    const answer = await this.terminal.ask?.(`${question} [y/N] `);
    if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw new Failure('Canceled. Nothing was changed.');
  }

  /**
   * Throws a `Failure` if the user has not passed `--yes` and cannot be asked. A command that sends requests
   * before it asks calls this function first.
   */
  assertConfirmable(question: string, { yes }: { readonly yes?: boolean }): void {
    if (!yes && !this.terminal.ask)
      throw Failure.misused(`${question} Standard input is not a terminal. Confirm with --yes.`);
  }

  /** Returns the command line that runs `command` on the same deployment. */
  commandLine(command: string): string {
    const { local, session, stage } = this.options;
    const flags = [
      local && '--local',
      local && session && `--session ${session}`,
      stage && `--stage ${stage}`,
    ];
    return [invocation(this.terminal.env), ...flags.filter(Boolean), command].join(' ');
  }

  get options(): GlobalOptions {
    return this.program.opts<GlobalOptions>();
  }

  /** The session of the local system; undefined without `--local`. */
  get session(): LocalSession | undefined {
    return this.options.local ? readSession(this.sessionFile) : undefined;
  }

  /** The file of the session of the local system. */
  get sessionFile(): string {
    return this.options.session ?? sessionFile(this.wantedStage ?? LOCAL_STAGE);
  }

  /** The stage of the deployment that the command administers. */
  get stage(): string {
    return this.session?.stage ?? this.wantedStage ?? DEFAULT_STAGE;
  }

  private get wantedStage(): string | undefined {
    const stage = this.options.stage ?? (this.terminal.env.SCIM_STAGE || undefined);
    if (stage === undefined || isStageName(stage)) return stage;
    throw Failure.misused(`"${stage}" cannot be a stage. A stage has ${STAGE_NAME_RULE}.`);
  }
}

/** Returns the command that started the CLI. */
export const invocation = (env: Readonly<NodeJS.ProcessEnv>): string =>
  env.npm_lifecycle_event === 'scim' ? 'npm run scim --' : 'scim';

/**
 * Returns the operating system's user name for the audit log, restricted to characters that a header allows.
 */
function userName(): string {
  try {
    return userInfo().username.replace(/[^\x20-\x7e]/g, '?');
  } catch {
    // Some containers have no account for the current user ID.
    return 'unknown';
  }
}
