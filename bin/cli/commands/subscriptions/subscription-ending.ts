import type { Command } from 'commander';
import type { Cli } from '../../cli';
import { addCommand } from '../../command';
import { addYesOption } from '../../options/common-options';
import { addScope, type ScopeOptions } from './scope-option';

/** Adds the commands that end the access of a product. */
export function addEndingCommands(subscription: Command, cli: Cli): void {
  addYesOption(
    addScope(
      addCommand(subscription, cli, {
        usage: 'replace-token <id>',
        description: 'give a subscription another token; the previous one ends immediately',
        examples: [
          'subscription replace-token <subscriptionId> --domain <domainId>',
          'subscription replace-token <subscriptionId> --yes',
        ],
        calls: [
          'POST /domains/{domainId}/subscriptions/{subscriptionId}/token',
          'POST /subscriptions/{subscriptionId}/token',
        ],
      }),
    ),
  ).action(async (subscriptionId: string, options: ScopeOptions & { yes?: boolean }) => {
    await cli.confirm(
      `Replace the token of the subscription ${subscriptionId}? The previous token ends immediately.`,
      options,
    );
    const { domain: domainId } = options;
    const api = await cli.api();
    const created = domainId
      ? await api.call('POST /domains/{domainId}/subscriptions/{subscriptionId}/token', {
          path: { domainId, subscriptionId },
        })
      : await api.call('POST /subscriptions/{subscriptionId}/token', { path: { subscriptionId } });
    cli.printRecord(created, [['Token', ({ token }) => token]]);
  });

  addYesOption(
    addScope(
      addCommand(subscription, cli, {
        usage: 'delete <id>',
        description: 'delete a subscription permanently; its token or endpoint gets no more events',
        examples: [
          'subscription delete <subscriptionId> --domain <domainId>',
          'subscription delete <subscriptionId> --yes',
        ],
        calls: [
          'DELETE /domains/{domainId}/subscriptions/{subscriptionId}',
          'DELETE /subscriptions/{subscriptionId}',
        ],
      }),
    ),
  ).action(async (subscriptionId: string, options: ScopeOptions & { yes?: boolean }) => {
    await cli.confirm(`Permanently delete the subscription ${subscriptionId}?`, options);
    const { domain: domainId } = options;
    const api = await cli.api();
    await (domainId
      ? api.call('DELETE /domains/{domainId}/subscriptions/{subscriptionId}', {
          path: { domainId, subscriptionId },
        })
      : api.call('DELETE /subscriptions/{subscriptionId}', { path: { subscriptionId } }));
    cli.print({ subscriptionId, deleted: true }, () => [`The subscription ${subscriptionId} is deleted.`]);
  });
}
