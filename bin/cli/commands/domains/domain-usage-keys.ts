import type { Command } from 'commander';
import type { Cli } from '../../cli';
import { addCommand } from '../../command';
import { collectItems } from '../../paging';

/** Adds the command that puts the usage keys of domains back on the usage plans. */
export function addUsageKeyCommands(domain: Command, cli: Cli): void {
  addCommand(domain, cli, {
    usage: 'restore-usage-keys [domainIds...]',
    description:
      'put the API Gateway keys of these or all domains back on their usage plans, after ScimApi was recreated',
    examples: ['domain restore-usage-keys', 'domain restore-usage-keys <domainId>'],
    calls: ['GET /domains', 'GET /domains/{domainId}', 'PATCH /domains/{domainId}'],
  }).action(async (domainIds: readonly string[]) => {
    const api = await cli.api();
    const all = () => collectItems(Infinity, (query) => api.call('GET /domains', { query }));
    const ids = domainIds.length > 0 ? domainIds : (await all()).items.map(({ domainId }) => domainId);
    for (const domainId of ids) {
      const path = { domainId };
      const { ratePlan } = await api.call('GET /domains/{domainId}', { path });
      // The service creates a key if the plan of the new API has none of the domain.
      await api.call('PATCH /domains/{domainId}', { path, body: { ratePlan } });
    }
    const count = `${ids.length} ${ids.length === 1 ? 'domain' : 'domains'}`;
    cli.print({ domains: ids.length }, () => [`The usage keys of ${count} are on their usage plans.`]);
  });
}
