import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { countLicenses, countOutcomes, importRows } from '../../../../portal/src/api/user-file/import-rows';
import { inEnglish } from '../../../../portal/src/api/user-file/in-english';
import {
  readUsersCsv,
  UserFileError,
  usersCsv,
  type UserFile,
} from '../../../../portal/src/api/user-file/users-csv';
import type { UserColumn, UserImportResult } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import type { Column } from '../../columns';
import { addCommand } from '../../command';
import type { AdminClient } from '../../connection/admin-client';
import { ExportProgress } from '../../export-progress';
import { EXIT, Failure, Unavailable } from '../../failure';
import { addYesOption } from '../../options/common-options';
import { readInputFile } from '../../options/input-file';
import { collectItems, type PageQuery } from '../../paging';
import { ImportProgressLine } from './import-progress';
import { pluralize } from '../../../../shared/pluralize';

const COLUMN: readonly Column<UserColumn>[] = [
  ['Name', ({ name }) => name],
  ['Type', ({ type }) => type],
  ['Values', ({ values }) => values?.join(', ')],
  ['Description', ({ description }) => description],
];

const RESULT: readonly Column<UserImportResult>[] = [
  ['Row', ({ row }) => String(row)],
  ['User name', ({ userName }) => userName],
  ['Result', ({ outcome }) => outcome],
  ['License', ({ license }) => license],
  [
    'Columns',
    ({ fields, field, active }) => fields?.map((name) => columnText(name, active)).join(', ') ?? field,
  ],
  ['Reason', ({ detail }) => detail],
];

/** Returns a changed column. `active` is the only one whose value says what happens. */
const columnText = (name: string, active?: boolean): string =>
  name === 'active' && active !== undefined ? `${name}: ${active}` : name;

interface ImportOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** Adds the commands for CSV files of users. */
export function addUserFileCommands(user: Command, cli: Cli): void {
  const columnsOf = async (api: AdminClient, domainId: string) =>
    (await api.call('GET /domains/{domainId}/users/columns', { path: { domainId } })).items;

  addCommand(user, cli, {
    usage: 'columns <domainId>',
    description: 'list the values of a user that you can set manually, which are the columns of a CSV file',
    examples: ['user columns <domainId>'],
    calls: ['GET /domains/{domainId}/users/columns'],
  }).action(async (domainId: string) => {
    cli.printTable(await columnsOf(await cli.api(), domainId), COLUMN, 'There are none.');
  });

  addCommand(user, cli, {
    usage: 'export <domainId>',
    description: 'print all users as CSV, oldest first; the file can be imported again',
    examples: ['user export <domainId> > users.csv'],
    calls: ['GET /domains/{domainId}/users/export', 'GET /domains/{domainId}/users/columns'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    const names = (await columnsOf(api, domainId)).map(({ name }) => name);
    const { terminal, options } = cli;
    const read = (query: PageQuery) =>
      api.call('GET /domains/{domainId}/users/export', { path: { domainId }, query });
    if (options.json) return cli.print((await collectItems(Infinity, read)).items, () => []);
    terminal.outFile(usersCsv(names, []));
    const progress = new ExportProgress(terminal, 'users');
    let cursor: string | undefined;
    do {
      const { items, next } = await read({ limit: 100, cursor });
      const text = usersCsv(
        names,
        items.map(({ values }) => values),
      );
      // The first line is the header.
      terminal.outFile(text.slice(text.indexOf('\n') + 1));
      progress.add(items.length);
      cursor = next;
    } while (cursor !== undefined);
    progress.end();
  });

  addYesOption(
    addCommand(user, cli, {
      usage: 'import <domainId> <file>',
      description:
        'create and change the users in a CSV file; shows first what it will do. Users who are not in the file stay as they are',
      examples: ['user import <domainId> users.csv --dry-run', 'user import <domainId> users.csv --yes'],
      calls: ['POST /domains/{domainId}/users/import', 'GET /domains/{domainId}/users/columns'],
    }),
  )
    .option('--dry-run', 'only show what the import would do')
    .action(async (domainId: string, file: string, { dryRun = false, yes }: ImportOptions) => {
      if (!dryRun) cli.assertConfirmable(QUESTION, { yes });
      const text = await readInputFile(cli.terminal, file);
      const api = await cli.api();
      const names = (await columnsOf(api, domainId)).map(({ name }) => name);
      const rows = parseUsers(text, names);
      if (dryRun || !yes) {
        const preview = await sendRows(cli, api, domainId, rows, true);
        if (dryRun) return report(cli, preview, true);
        cli.note(...cli.tableLines(shown(preview), RESULT), summary(preview, true));
        await cli.confirm(QUESTION, { yes });
      }
      report(cli, await sendRows(cli, api, domainId, rows, false), false);
    });
}

const QUESTION = 'Import the file?';

/** Parses a CSV file. The service names its columns, so a request was sent before a file is refused. */
function parseUsers(text: string, columns: readonly string[]): UserFile {
  try {
    return readUsersCsv(text, columns, inEnglish);
  } catch (error) {
    if (error instanceof UserFileError) throw new Failure(error.message);
    throw error;
  }
}

async function sendRows(
  { terminal }: Cli,
  api: AdminClient,
  domainId: string,
  file: UserFile,
  dryRun: boolean,
): Promise<UserImportResult[]> {
  const progress = new ImportProgressLine(terminal, dryRun ? 'Checking' : 'Importing');
  let isStopped = false;
  const restore = terminal.onInterrupt(() => (isStopped = true));
  try {
    const results = await importRows(file, {
      send: async (rows, seatsTaken) =>
        (
          await api.call('POST /domains/{domainId}/users/import', {
            path: { domainId },
            body: { rows, dryRun, ...(dryRun && { seatsTaken }) },
          })
        ).results,
      retryAfter: (error, failures) => (error instanceof Unavailable ? 500 * 2 ** failures : undefined),
      sleep,
      isStopped: () => isStopped,
      onProgress: (numbers) => progress.show(numbers),
    });
    if (!isStopped) return results;
    throw new Failure(
      `The import was interrupted after ${pluralize(results.length, 'row')}. Import the file again to continue: rows that were ` +
        'imported change nothing.',
      EXIT.interrupted,
    );
  } finally {
    restore();
    progress.end();
  }
}

/** Prints the rows that changed something or failed, and fails if a row did. */
function report(cli: Cli, results: readonly UserImportResult[], isDryRun: boolean): void {
  cli.print(results, () => [...cli.tableLines(shown(results), RESULT), summary(results, isDryRun)]);
  const { error } = countOutcomes(results);
  if (error > 0)
    throw new Failure(
      `${error === 1 ? 'One row was' : `${error} rows were`} refused. Correct ${error === 1 ? 'it' : 'them'}, and import the ` +
        'file again: rows that were imported change nothing.',
    );
}

const shown = (results: readonly UserImportResult[]): UserImportResult[] =>
  results.filter(({ outcome }) => outcome !== 'unchanged');

function summary(results: readonly UserImportResult[], isDryRun: boolean): string {
  const { create, change, unchanged, error } = countOutcomes(results);
  const starts = countLicenses(results, 'starts');
  const waits = countLicenses(results, 'waits');
  const ends = countLicenses(results, 'ends');
  return (
    `${create} ${isDryRun ? 'to create' : 'created'}, ${change} ${isDryRun ? 'to change' : 'changed'}, ` +
    `${unchanged} unchanged, ${error} refused; licenses ${isDryRun ? 'to start' : 'started'}: ${starts}` +
    (waits > 0 ? `, waiting for a seat: ${waits}` : '') +
    (ends > 0 ? `, ${isDryRun ? 'to end' : 'ended'}: ${ends}` : '')
  );
}
