import { type Command, Option } from 'commander';
import type { Request, RequestCounts, RequestOutcome } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, formatTime } from '../columns';
import { addCommand, addNoun } from '../command';
import { addListOptions, limitOf, type ListOptions } from '../options/common-options';
import { parsePastTime } from '../options/times';

interface RequestFilter {
  readonly outcome?: RequestOutcome;
  readonly status?: string;
  readonly from?: string;
  readonly to?: string;
  readonly connection?: string;
}

interface CountOptions {
  readonly period: RequestCounts['period'];
  readonly connection?: string;
}

const REQUEST: readonly Column<Request>[] = [
  ['When', ({ at }) => formatTime(at)],
  ['Request', ({ method, path, query }) => `${method} ${path}${query === undefined ? '' : `?${query}`}`],
  ['Status', ({ status }) => status],
  ['Reason', reasonOf],
  ['Key', ({ credential }) => credential.name ?? credential.id],
  ['Client', ({ client }) => client],
  ['Milliseconds', ({ milliseconds }) => milliseconds],
  ['Similar', ({ similarRequests }) => (similarRequests > 0 ? `${similarRequests} more` : undefined)],
  ['Request ID', ({ requestId }) => requestId],
];

const INTERVAL: readonly Column<RequestCounts['intervals'][number]>[] = [
  ['From', ({ start }) => formatTime(start)],
  ['Requests', ({ requests }) => requests],
  ['Refused', ({ refused }) => refused],
];

/** Adds `request …`. */
export function addRequestCommands(program: Command, cli: Cli): void {
  const request = addNoun(program, cli, 'request', 'the requests of the identity providers of a domain');
  const time = (text: string): string => parsePastTime(text, cli.terminal.now());

  addListOptions(
    addCommand(request, cli, {
      usage: 'list <domainId>',
      description:
        'list the requests of the last seven days, newest first: samples of the refused and accepted ones if there are many',
      examples: [
        'request list <domainId> --outcome refused --from 1h',
        'request list <domainId> --status 409 --json',
      ],
      calls: ['GET /domains/{domainId}/requests'],
    }),
  )
    .addOption(
      new Option('--outcome <outcome>', 'only requests with this outcome').choices(['accepted', 'refused']),
    )
    .option('--status <status>', 'a status such as 409, or a class of statuses such as 4xx')
    .option(
      '--from <when>',
      'earliest time: a duration ago (12h, 7d), a date (UTC), or an RFC 3339 time',
      time,
    )
    .option('--to <when>', 'requests before this time; same formats as --from', time)
    .option('--connection <id>', 'only requests of this connection')
    .action(async (domainId: string, { limit, all, connection, ...given }: ListOptions & RequestFilter) => {
      const api = await cli.api();
      const filter = { ...given, ...(connection !== undefined && { connectionId: connection }) };
      const requests = await cli.collect('requests', limitOf({ limit, all }), (page) =>
        api.call('GET /domains/{domainId}/requests', { path: { domainId }, query: { ...filter, ...page } }),
      );
      cli.printList(requests, REQUEST, 'No requests match.');
    });

  addCommand(request, cli, {
    usage: 'count <domainId>',
    description: 'count the requests of a period, and those that were refused',
    examples: ['request count <domainId> --period week'],
    calls: ['GET /domains/{domainId}/request-counts'],
  })
    .addOption(
      new Option('--period <period>', 'the period that ends now')
        .choices(['hour', 'day', 'week'])
        .default('day'),
    )
    .option('--connection <id>', 'only requests of this connection')
    .action(async (domainId: string, { period, connection }: CountOptions) => {
      const api = await cli.api();
      const counts = await api.call('GET /domains/{domainId}/request-counts', {
        path: { domainId },
        query: { period, ...(connection !== undefined && { connectionId: connection }) },
      });
      cli.print(counts, () => countLines(counts, cli));
    });
}

function countLines(
  { period, requests, refused, statuses, intervals, complete }: RequestCounts,
  cli: Cli,
): string[] {
  const used = intervals.filter((interval) => interval.requests > 0);
  return [
    `Requests in the last ${period}: ${requests}, of which ${refused} were refused.`,
    ...(complete ? [] : ['The oldest requests are not counted, because there are very many.']),
    ...(used.length === 0 ? [] : ['', ...cli.tableLines(used, INTERVAL)]),
    ...(statuses.length === 0
      ? []
      : [
          '',
          ...cli.tableLines(statuses, [
            ['Status', ({ status }) => status],
            ['Requests', ({ requests: count }) => count],
          ]),
        ]),
  ];
}

function reasonOf({ reason, operations, failedOperations }: Request): string | undefined {
  if (reason !== undefined || operations === undefined) return reason;
  return `${failedOperations ?? 0} of ${operations} operations failed`;
}
