import { type Command } from 'commander';
import type { AuditEvent } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, formatTime } from '../columns';
import { addCommand, addNoun } from '../command';
import { addListOptions, limitOf, type ListOptions } from '../options/common-options';
import { ExportProgress } from '../export-progress';
import { parsePastTime } from '../options/times';
import { actorText } from '../actor-text';

interface AuditOptions {
  readonly from?: string;
  readonly to?: string;
  readonly actor?: string;
  readonly resource?: string;
  readonly action?: string;
  readonly connection?: string;
}

const SHOWN_ATTRIBUTES = 3;

const EVENT: readonly Column<AuditEvent>[] = [
  ['When', ({ at }) => formatTime(at)],
  ['Event', ({ action, request }) => request ?? action],
  ['Resource', ({ resource }) => resource.name ?? resource.id],
  ['Actor', ({ actor }) => actorText(actor)],
  ['Source address', ({ actor }) => actor.sourceAddress],
  ['Outcome', ({ outcome, status }) => (status ? `${outcome} (${status})` : outcome)],
  ['Detail', detailOf],
];

/** Adds `audit …`. */
export function addAuditCommands(program: Command, cli: Cli): void {
  const audit = addNoun(program, cli, 'audit', 'the audit log of a domain, or of the deployment');

  addFilter(
    addListOptions(
      addCommand(audit, cli, {
        usage: 'list [domainId]',
        description:
          'list audit events, newest first; --json includes the values before and after each change. Without a ' +
          'domain: events that are kept after a domain is deleted, such as the deletion itself',
        examples: [
          'audit list <domainId> --from 7d --action user',
          'audit list <domainId> --resource jane@example.com --json',
          'audit list --action domain.deleted',
        ],
        calls: ['GET /domains/{domainId}/audit-events', 'GET /audit-events'],
      }),
    ),
    cli,
  ).action(async (domainId: string | undefined, { limit, all, ...options }: ListOptions & AuditOptions) => {
    const api = await cli.api();
    const events = await cli.collect('events', limitOf({ limit, all }), (page) => {
      const query = { ...filterOf(options), ...page };
      return domainId === undefined
        ? api.call('GET /audit-events', { query })
        : api.call('GET /domains/{domainId}/audit-events', { path: { domainId }, query });
    });
    cli.printList(events, EVENT, 'No events match.');
  });

  addFilter(
    addCommand(audit, cli, {
      usage: 'export [domainId]',
      description:
        'print all audit events as JSON Lines, newest first. Without a domain: events that are kept after a domain ' +
        'is deleted',
      examples: [
        'audit export <domainId> --from 2026-01-01 --to 2026-02-01 > audit.jsonl',
        'audit export > deployment.jsonl',
      ],
      calls: ['GET /domains/{domainId}/audit-events/export', 'GET /audit-events/export'],
    }),
    cli,
  ).action(async (domainId: string | undefined, options: AuditOptions) => {
    const api = await cli.api();
    const progress = new ExportProgress(cli.terminal, 'events');
    let cursor: string | undefined;
    do {
      const query = { ...filterOf(options), cursor };
      const response = await (domainId === undefined
        ? api.response('GET /audit-events/export', { query })
        : api.response('GET /domains/{domainId}/audit-events/export', { path: { domainId }, query }));
      const lines = await response.text();
      cli.terminal.out(lines);
      progress.add(lines.split('\n').length - 1);
      cursor = response.headers.get('x-next-cursor') ?? undefined;
    } while (cursor !== undefined);
    progress.end();
  });
}

function addFilter(command: Command, { terminal }: Cli): Command {
  const time = (text: string): string => parsePastTime(text, terminal.now());
  return command
    .option(
      '--from <when>',
      'earliest time: a duration ago (12h, 7d), a date (UTC), or an RFC 3339 time',
      time,
    )
    .option('--to <when>', 'events before this time; same formats as --from', time)
    .option(
      '--actor <who>',
      'events of this administrator (ID, email address, or name) or SCIM key (ID or name)',
    )
    .option(
      '--resource <what>',
      'events of this user (ID, userName, or email address), group (ID or name), or other resource (ID or name)',
    )
    .option('--connection <id>', 'events of this connection and of changes to it')
    .option('--action <action>', 'an action such as user.created, or a kind such as user');
}

/** Returns the options as query parameters. */
const filterOf = ({ connection, ...filter }: AuditOptions): object => ({
  ...filter,
  ...(connection !== undefined && { connectionId: connection }),
});

/** Returns why the request was refused, or which attributes changed. */
function detailOf({ reason, changes = [], license }: AuditEvent): string {
  if (reason) return reason;
  const more = changes.length - SHOWN_ATTRIBUTES;
  return [
    ...changes.slice(0, SHOWN_ATTRIBUTES).map(({ attribute }) => attribute),
    ...(more > 0 ? [`${more} more`] : []),
    ...(license ? [`license ${license}`] : []),
  ].join(', ');
}
