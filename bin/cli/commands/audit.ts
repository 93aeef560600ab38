import { type Command } from 'commander';
import type { AuditEvent } from '../../../portal/src/api/schema';
import type { Cli } from '../cli';
import { type Column, instant } from '../columns';
import { addCommand, addNoun } from '../command';
import { addListOptions, limitOf, type ListOptions } from '../options/common-options';
import { collected } from '../paging';
import { timeBehind } from '../options/times';
import { actorText } from './actor';

interface AuditFilter {
  readonly from?: string;
  readonly to?: string;
  readonly actor?: string;
  readonly resource?: string;
  readonly action?: string;
}

const SHOWN_ATTRIBUTES = 3;

const EVENT: readonly Column<AuditEvent>[] = [
  ['When', ({ at }) => instant(at)],
  ['What', ({ action, request }) => request ?? action],
  ['Of', ({ resource }) => resource.name ?? resource.id],
  ['By', ({ actor }) => actorText(actor)],
  ['From', ({ actor }) => actor.sourceAddress],
  ['Outcome', ({ outcome, status }) => (status ? `${outcome} (${status})` : outcome)],
  ['Detail', detailOf],
];

/** Adds `audit …`. */
export function addAuditCommands(program: Command, cli: Cli): void {
  const audit = addNoun(program, cli, 'audit', 'what happened in a domain, or to domains');

  addFilter(
    addListOptions(
      addCommand(audit, cli, {
        usage: 'list [domainId]',
        description:
          'list audit events, newest first; values before and after are in the JSON. Without a domain: what outlives all ' +
          'domains, as their deletion does',
        examples: [
          'audit list <domainId> --from 7d --action user',
          'audit list <domainId> --resource <userId> --json',
          'audit list --action domain.deleted',
        ],
        calls: ['GET /domains/{domainId}/audit-events', 'GET /audit-events'],
      }),
    ),
    cli,
  ).action(async (domainId: string | undefined, { limit, all, ...filter }: ListOptions & AuditFilter) => {
    const api = await cli.api();
    const events = await collected(limitOf({ limit, all }), (page) => {
      const query = { ...filter, ...page };
      return domainId === undefined
        ? api.call('GET /audit-events', { query })
        : api.call('GET /domains/{domainId}/audit-events', { path: { domainId }, query });
    });
    cli.printList(events, EVENT, 'No event is found.');
  });

  addFilter(
    addCommand(audit, cli, {
      usage: 'export [domainId]',
      description:
        'print all audit events as JSON Lines, newest first. Without a domain: what outlives all domains',
      examples: [
        'audit export <domainId> --from 2026-01-01 --to 2026-02-01 > audit.jsonl',
        'audit export > deployment.jsonl',
      ],
      calls: ['GET /domains/{domainId}/audit-events/export', 'GET /audit-events/export'],
    }),
    cli,
  ).action(async (domainId: string | undefined, filter: AuditFilter) => {
    const api = await cli.api();
    let cursor: string | undefined;
    do {
      const query = { ...filter, cursor };
      const response = await (domainId === undefined
        ? api.response('GET /audit-events/export', { query })
        : api.response('GET /domains/{domainId}/audit-events/export', { path: { domainId }, query }));
      cli.terminal.out(await response.text());
      cursor = response.headers.get('x-next-cursor') ?? undefined;
    } while (cursor !== undefined);
  });
}

function addFilter(command: Command, { terminal }: Cli): Command {
  const time = (text: string): string => timeBehind(text, terminal.now());
  return command
    .option('--from <when>', 'not before: a span ago (12h, 7d), a day (UTC) or a time of RFC 3339', time)
    .option('--to <when>', 'before: likewise', time)
    .option('--actor <id>', 'by this SCIM key or administrator')
    .option('--resource <id>', 'of this user, group or key')
    .option('--action <action>', 'e.g. user.created, or user for all of its kind');
}

/** Why it was refused, or what changed. */
function detailOf({ reason, changes = [], license }: AuditEvent): string {
  if (reason) return reason;
  const more = changes.length - SHOWN_ATTRIBUTES;
  return [
    ...changes.slice(0, SHOWN_ATTRIBUTES).map(({ attribute }) => attribute),
    ...(more > 0 ? [`${more} more`] : []),
    ...(license ? [`license ${license}`] : []),
  ].join(', ');
}
