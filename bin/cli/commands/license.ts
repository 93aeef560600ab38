import type { Command } from 'commander';
import type { LicenseDetail } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, formatTime, recordLines } from '../columns';
import { addCommand, addNoun } from '../command';
import { addListOptions, limitOf, type ListOptions } from '../options/common-options';
import { collectItems, type Page } from '../paging';
import { HISTORY } from './license-history';

type License = LicenseDetail['license'];

const LICENSE: readonly Column<License>[] = [
  ['User ID', ({ userId }) => userId],
  ['User name', ({ userName }) => userName],
  ['Name', ({ name }) => name],
  ['License', ({ status }) => status],
  ['Reason', ({ reason }) => reason],
  ['Since', ({ changedAt }) => formatTime(changedAt)],
  ['Type', ({ userType }) => userType],
  ['Email address', ({ email }) => email],
  ['Email problem', ({ mailProblem }) => mailProblem?.kind],
  ['Problem since', ({ mailProblem }) => formatTime(mailProblem?.at)],
  ['Problem detail', ({ mailProblem }) => mailProblem?.detail],
];

/** Adds `license …`. */
export function addLicenseCommands(program: Command, cli: Cli): void {
  const license = addNoun(program, cli, 'license', 'licenses, which are kept after their users are deleted');

  addListOptions(
    addCommand(license, cli, {
      usage: 'show <domainId> <userId>',
      description: "show a user's license and its history, newest first; also works for deleted users",
      examples: ['license show <domainId> <userId>', 'license show <domainId> <userId> --all'],
      calls: ['GET /domains/{domainId}/licenses/{userId}'],
    }),
  ).action(async (domainId: string, userId: string, options: ListOptions) => {
    const api = await cli.api();
    const shown: License[] = [];
    const { items, hasMore } = await collectItems(
      limitOf(options),
      async (query): Promise<Page<HistoryEntry>> => {
        const input = { path: { domainId, userId }, query };
        const { license, history, next } = await api.call('GET /domains/{domainId}/licenses/{userId}', input);
        shown.push(license);
        return { items: history, next };
      },
    );
    const [license] = shown;
    cli.print({ license, history: items }, () => [
      ...(license ? recordLines(LICENSE, license) : []),
      ...(items.length > 0 ? ['', ...cli.tableLines(items, HISTORY)] : []),
    ]);
    if (hasMore) cli.reportMore();
  });
}

type HistoryEntry = LicenseDetail['history'][number];
