import type { Command } from 'commander';
import type { Finding, RateUsage, Readiness } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { type Column, formatTime } from '../../columns';
import { addCommand } from '../../command';

const MINUTE: readonly Column<RateUsage['minutes'][number]>[] = [
  ['Minute', ({ minute }) => formatTime(minute)],
  ['Requests', ({ requests }) => requests],
  ['Peak in 10 s', ({ mostInTenSeconds }) => mostInTenSeconds],
  [
    'Connections',
    ({ connections }) => connections.map(({ name, requests }) => `${name} ${requests}`).join(', '),
  ],
];

/** Adds the commands that show the health of a domain. */
export function addHealthCommands(domain: Command, cli: Cli): void {
  addCommand(domain, cli, {
    usage: 'readiness <domainId>',
    description: 'show findings that need attention, and what to do about them',
    examples: ['domain readiness <domainId>', 'domain readiness <domainId> --connection <connectionId>'],
    calls: ['GET /domains/{domainId}/readiness'],
  })
    .option('--connection <id>', 'only findings of the credentials and requests of this connection')
    .action(async (domainId: string, { connection }: { readonly connection?: string }) => {
      const api = await cli.api();
      const readiness = await api.call('GET /domains/{domainId}/readiness', {
        path: { domainId },
        query: { ...(connection !== undefined && { connectionId: connection }) },
      });
      cli.print(readiness, () => readinessLines(readiness, connection));
    });

  addCommand(domain, cli, {
    usage: 'usage <domainId>',
    description: 'show the requests of the last hour and the limits of the rate plan, newest minute first',
    examples: ['domain usage <domainId>'],
    calls: ['GET /domains/{domainId}/rate-usage'],
  }).action(async (domainId: string) => {
    const api = await cli.api();
    const usage = await api.call('GET /domains/{domainId}/rate-usage', { path: { domainId } });
    cli.print(usage, () => [...planLines(usage), ...cli.tableLines(usage.minutes, MINUTE)]);
  });
}

function readinessLines({ ready, findings }: Readiness, connection: string | undefined): string[] {
  const lines = findings.flatMap(findingLines);
  if (ready) lines.unshift(`The ${connection === undefined ? 'domain' : 'connection'} is ready.`, '');
  return lines.slice(0, -1);
}

const findingLines = ({ severity, found, action, link }: Finding): string[] => [
  `${severity.toUpperCase()}: ${found}`,
  `  ${action}`,
  ...(link === undefined ? [] : [`  ${link}`]),
  '',
];

function planLines({ ratePlan, limit, minutes }: RateUsage): string[] {
  if (!limit) return [`Rate plan ${ratePlan}: unlimited; requests are not counted.`];
  const allowed = `${limit.perMinute} requests a minute, ${limit.perTenSeconds} in ten seconds`;
  return [`Rate plan ${ratePlan}: ${allowed}.`, minutes.length > 0 ? '' : 'No requests in the last hour.'];
}
