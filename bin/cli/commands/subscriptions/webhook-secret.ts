import type { Command } from 'commander';
import type { WebhookSecretCreated } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { type Column, formatTime } from '../../columns';
import { addCommand } from '../../command';
import { addYesOption } from '../../options/common-options';

/** The option that names the domain of a webhook. Without it, the webhook is one of the deployment. */
export interface DomainOption {
  readonly domain?: string;
}

interface RevokeOptions extends DomainOption {
  readonly secret: string;
  readonly yes?: boolean;
}

/** Adds the option that names the domain of a webhook. */
export const withDomain = (command: Command): Command =>
  command.option('--domain <domainId>', 'domain of the webhook (default: the deployment)');

const SECRET: readonly Column<WebhookSecretCreated>[] = [
  ['Secret ID', ({ secretId }) => secretId],
  ['Created', ({ createdAt }) => formatTime(createdAt)],
  ['Secret', ({ secret }) => secret],
];

/** Adds the commands for the signing secrets of a webhook. */
export function addSecretCommands(webhook: Command, cli: Cli): void {
  withDomain(
    addCommand(webhook, cli, {
      usage: 'add-secret <subscriptionId>',
      description: 'create another signing secret and print it; it cannot be shown again',
      examples: [
        'webhook add-secret <subscriptionId> --domain <domainId>',
        'webhook add-secret <subscriptionId>',
      ],
      calls: [
        'POST /domains/{domainId}/subscriptions/{subscriptionId}/secrets',
        'POST /subscriptions/{subscriptionId}/secrets',
      ],
    }),
  ).action(async (subscriptionId: string, { domain: domainId }: DomainOption) => {
    const api = await cli.api();
    const created = await (domainId === undefined
      ? api.call('POST /subscriptions/{subscriptionId}/secrets', { path: { subscriptionId } })
      : api.call('POST /domains/{domainId}/subscriptions/{subscriptionId}/secrets', {
          path: { domainId, subscriptionId },
        }));
    cli.printRecord(created, SECRET);
    cli.note(
      '\nThis secret cannot be shown again. Messages have a signature of each secret. Let the receiver use the new',
      'one, and then revoke the former one.',
    );
  });

  addYesOption(
    withDomain(
      addCommand(webhook, cli, {
        usage: 'revoke-secret <subscriptionId>',
        description:
          'revoke a signing secret permanently; attempts in progress can still use it for some seconds',
        examples: [
          'webhook revoke-secret <subscriptionId> --secret <secretId> --domain <domainId>',
          'webhook revoke-secret <subscriptionId> --secret <secretId> --yes',
        ],
        calls: [
          'DELETE /domains/{domainId}/subscriptions/{subscriptionId}/secrets/{secretId}',
          'DELETE /subscriptions/{subscriptionId}/secrets/{secretId}',
        ],
      }).requiredOption('--secret <secretId>', 'the secret'),
    ),
  ).action(
    async (subscriptionId: string, { domain: domainId, secret: secretId, ...options }: RevokeOptions) => {
      await cli.confirm(
        `Permanently revoke the secret ${secretId}? Receivers that use it refuse the next events.`,
        options,
      );
      const api = await cli.api();
      await (domainId === undefined
        ? api.call('DELETE /subscriptions/{subscriptionId}/secrets/{secretId}', {
            path: { subscriptionId, secretId },
          })
        : api.call('DELETE /domains/{domainId}/subscriptions/{subscriptionId}/secrets/{secretId}', {
            path: { domainId, subscriptionId, secretId },
          }));
      cli.print({ secretId, revoked: true }, () => [`The secret ${secretId} is revoked.`]);
    },
  );
}
