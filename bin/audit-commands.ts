import { InvalidArgumentError, type Command } from 'commander';
import type { AdminClient } from './admin-client';
import type { Cli } from './cli';
import { examples } from './examples';

interface AuditFilter {
  readonly from?: string;
  readonly to?: string;
  readonly actor?: string;
  readonly resource?: string;
  readonly action?: string;
}

interface AuditEvent {
  readonly at: string;
  readonly action: string;
  readonly outcome: string;
  readonly resource: { readonly id?: string };
  readonly actor: { readonly kind: string; readonly id?: string; readonly name?: string };
  readonly changes?: readonly { readonly attribute: string }[];
  readonly reason?: string;
}

/** Adds `audit …`. */
export function addAuditCommands(program: Command, cli: Cli): void {
  const audit = program.command('audit').description('what happened in a domain, newest first');

  filtered(audit.command('list <domainId>'))
    .description('list audit events')
    .option('--limit <number>', 'how many', limitIn, 25)
    .addHelpText(
      'after',
      examples(
        'audit list <domainId> --action user --from 2026-01-01T00:00:00Z',
        'audit list <domainId> --resource <userId>',
      ),
    )
    .action((domainId: string, { limit, ...filter }: AuditFilter & { limit: number }) =>
      cli.run(async (api) => {
        const events = await some(api, `/domains/${domainId}/audit-events`, filter, limit);
        cli.printTable(cli.asJson ? events : events.map(rowOf), ['at', 'action', 'resource', 'by', 'what']);
      }),
    );

  filtered(audit.command('export <domainId>'))
    .description('print audit events as JSON Lines')
    .addHelpText('after', examples('audit export <domainId> --from 2026-01-01T00:00:00Z > audit.jsonl'))
    .action((domainId: string, filter: AuditFilter) =>
      cli.run(async (api) => {
        let cursor: string | undefined;
        do {
          const query = { ...filter, cursor };
          const response = await api.send('GET', `/domains/${domainId}/audit-events/export`, { query });
          process.stdout.write(await response.text());
          cursor = response.headers.get('x-next-cursor') ?? undefined;
        } while (cursor !== undefined);
      }),
    );
}

const filtered = (command: Command): Command =>
  command
    .option('--from <time>', 'not before this time (RFC 3339)')
    .option('--to <time>', 'before this time')
    .option('--actor <id>', 'by this SCIM key or administrator')
    .option('--resource <id>', 'of this user, group or key')
    .option('--action <action>', 'e.g. user.created, or user for all of its kind');

/** A page may be short, or empty, though others follow. */
async function some(
  api: AdminClient,
  path: string,
  filter: AuditFilter,
  wanted: number,
): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  let cursor: string | undefined;
  do {
    const limit = Math.min(100, wanted - events.length);
    const query = { ...filter, limit, cursor };
    const page = await api.call<{ items: AuditEvent[]; next?: string }>('GET', path, { query });
    events.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && events.length < wanted);
  return events;
}

const rowOf = ({ at, action, resource, actor, changes = [], reason }: AuditEvent): object => ({
  at,
  action,
  resource: resource.id,
  by: [actor.kind, actor.name ?? actor.id].filter(Boolean).join(' '),
  what: reason ?? (changes.map(({ attribute }) => attribute).join(', ') || undefined),
});

function limitIn(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1) return limit;
  throw new InvalidArgumentError('It is a whole number from 1.');
}
