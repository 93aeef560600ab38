import type { Command } from 'commander';
import type { LicenseDetail, LicenseUsage, UserLicense } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, formatTime, recordLines } from '../columns';
import { addCommand, addNoun } from '../command';
import { wholeNumber } from '../options/numbers';
import { addListOptions, addYesOption, limitOf, type ListOptions } from '../options/common-options';
import type { Page } from '../paging';
import { HISTORY } from './license-history';

const LICENSE: readonly Column<UserLicense>[] = [
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

const USAGE: readonly Column<LicenseUsage['days'][number]>[] = [
  ['Date', ({ date }) => date],
  ['Active', ({ activeLicenses }) => activeLicenses],
  ['Pending', ({ pendingLicenses }) => pendingLicenses],
  ['Inactive', ({ inactiveLicenses }) => inactiveLicenses],
  ['Seats', ({ seats }) => seats ?? 'unlimited'],
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
    const shown: UserLicense[] = [];
    const { items, hasMore } = await cli.collect(
      'entries',
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
  addReplaceKey(license, cli);
  addUsage(license, cli);
}

/** Adds `license replace-key`. */
function addReplaceKey(license: Command, cli: Cli): void {
  addYesOption(
    addCommand(license, cli, {
      usage: 'replace-key <domainId> <userId>',
      description: 'replace the key of an active license; the old key never works again',
      examples: ['license replace-key <domainId> <userId>', 'license replace-key <domainId> <userId> --yes'],
      calls: ['POST /domains/{domainId}/licenses/{userId}/replace-key'],
    }),
  ).action(async (domainId: string, userId: string, options: { yes?: boolean }) => {
    await cli.confirm(
      `Replace the license key of the user ${userId}? The old key never works again, and the new key is emailed.`,
      options,
    );
    const api = await cli.api();
    const path = { domainId, userId };
    cli.printRecord(
      await api.call('POST /domains/{domainId}/licenses/{userId}/replace-key', { path }),
      LICENSE,
    );
    cli.note(`Show the status of its email: ${cli.commandLine(`license show ${domainId} ${userId}`)}`);
  });
}

/** Adds `license usage`. */
function addUsage(license: Command, cli: Cli): void {
  addCommand(license, cli, {
    usage: 'usage <domainId>',
    description:
      'show the licenses and seats of each day (UTC), oldest first. The last row has the current numbers',
    examples: ['license usage <domainId>', 'license usage <domainId> --days 365 --json'],
    calls: ['GET /domains/{domainId}/license-usage'],
  })
    .option('--days <number>', 'the number of days, at most 400', wholeNumber(1), 30)
    .action(async (domainId: string, { days }: { readonly days: number }) => {
      const api = await cli.api();
      const input = { path: { domainId }, query: { days } };
      const usage = await api.call('GET /domains/{domainId}/license-usage', input);
      cli.print(usage, () => cli.tableLines(usage.days, USAGE));
    });
}

type HistoryEntry = LicenseDetail['history'][number];
