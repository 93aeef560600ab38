import type { Command } from 'commander';
import type {
  SkippedEvents,
  WebhookDeadLetter,
  WebhookDelivery,
  WebhookReplayed,
  WebhookStatus,
  WebhookTestResult,
} from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { type Column, formatTime } from '../../columns';
import { addCommand, addNoun } from '../../command';
import { Failure } from '../../failure';
import { addListOptions, limitOf, type ListOptions } from '../../options/common-options';
import { parsePastTime } from '../../options/times';
import { addSecretCommands, withDomain, type DomainOption } from './webhook-secret';

const rangeText = ({ from, until }: SkippedEvents): string => `${formatTime(from)} to ${formatTime(until)}`;

const STATUS: readonly Column<WebhookStatus>[] = [
  ['Last delivery', ({ deliveredAt }) => formatTime(deliveredAt) ?? 'never'],
  ['Failing since', ({ failingSince }) => formatTime(failingSince) ?? 'not failing'],
  ['Last error', ({ lastError }) => lastError ?? 'none'],
  ['Next attempt', ({ nextAttemptAt }) => formatTime(nextAttemptAt) ?? 'nothing waits'],
  ['Skipped events', ({ skipped }) => (skipped ? rangeText(skipped) : 'none')],
  ['Position', ({ position }) => position],
  ['Secrets', ({ secrets }) => secrets.map(({ secretId }) => secretId).join(', ')],
];

const DELIVERY: readonly Column<WebhookDelivery>[] = [
  ['When', ({ at }) => formatTime(at)],
  ['Event', ({ type }) => type],
  ['Subject', ({ subject }) => subject],
  ['Event ID', ({ eventId }) => eventId],
  ['Attempt', ({ attempt }) => attempt],
  [
    'Result',
    ({ delivered, status }) => `${delivered ? 'delivered' : 'failed'}${status ? ` (${status})` : ''}`,
  ],
  ['Milliseconds', ({ durationMs }) => durationMs],
  ['Error', ({ error }) => error],
];

const DEAD_LETTER: readonly Column<WebhookDeadLetter>[] = [
  ['Given up', ({ failedAt }) => formatTime(failedAt)],
  ['Event', ({ type }) => type],
  ['Subject', ({ subject }) => subject],
  ['Event ID', ({ eventId }) => eventId],
  ['Attempts', ({ attempts }) => attempts],
  ['Replay until', ({ expireTime }) => formatTime(expireTime)],
  ['Error', ({ error }) => error],
];

const TEST: readonly Column<WebhookTestResult>[] = [
  ['Delivered', ({ delivered }) => (delivered ? 'yes' : 'no')],
  ['Status', ({ status }) => status ?? 'no response'],
  ['Milliseconds', ({ durationMs }) => durationMs],
  ['Event ID', ({ eventId }) => eventId],
  ['Error', ({ error }) => error ?? 'none'],
];

const REPLAYED: readonly Column<WebhookReplayed>[] = [
  ['Dead letters', ({ replayed }) => replayed ?? 'none'],
  ['More are left', ({ more }) => (more ? 'yes' : 'no')],
  ['Events since', ({ since }) => formatTime(since) ?? 'none'],
];

/** Adds `webhook …`. */
export function addWebhookCommands(program: Command, cli: Cli): void {
  const webhook = addNoun(
    program,
    cli,
    'webhook',
    'the deliveries to webhooks and the event bus, and the signing secrets',
  );
  addLists(webhook, cli);
  addAttempts(webhook, cli);
  addSecretCommands(webhook, cli);
}

function addLists(webhook: Command, cli: Cli): void {
  withDomain(
    addCommand(webhook, cli, {
      usage: 'status <subscriptionId>',
      description: 'show whether an endpoint works, and what waits for it',
      examples: ['webhook status <subscriptionId> --domain <domainId>', 'webhook status <subscriptionId>'],
      calls: [
        'GET /domains/{domainId}/subscriptions/{subscriptionId}/delivery-status',
        'GET /subscriptions/{subscriptionId}/delivery-status',
      ],
    }),
  ).action(async (subscriptionId: string, { domain: domainId }: DomainOption) => {
    const api = await cli.api();
    const status = await (domainId === undefined
      ? api.call('GET /subscriptions/{subscriptionId}/delivery-status', { path: { subscriptionId } })
      : api.call('GET /domains/{domainId}/subscriptions/{subscriptionId}/delivery-status', {
          path: { domainId, subscriptionId },
        }));
    cli.printRecord(status, STATUS);
  });

  addListOptions(
    withDomain(
      addCommand(webhook, cli, {
        usage: 'deliveries <subscriptionId>',
        description: 'list the attempts of the last 30 days, newest first',
        examples: [
          'webhook deliveries <subscriptionId> --domain <domainId>',
          'webhook deliveries <subscriptionId> --limit 10',
        ],
        calls: [
          'GET /domains/{domainId}/subscriptions/{subscriptionId}/deliveries',
          'GET /subscriptions/{subscriptionId}/deliveries',
        ],
      }),
    ),
  ).action(async (subscriptionId: string, { domain: domainId, ...list }: DomainOption & ListOptions) => {
    const api = await cli.api();
    const attempts = await cli.collect('attempts', limitOf(list), (query) =>
      domainId === undefined
        ? api.call('GET /subscriptions/{subscriptionId}/deliveries', { path: { subscriptionId }, query })
        : api.call('GET /domains/{domainId}/subscriptions/{subscriptionId}/deliveries', {
            path: { domainId, subscriptionId },
            query,
          }),
    );
    cli.printList(attempts, DELIVERY, 'Nothing was sent in the last 30 days.');
  });

  addListOptions(
    withDomain(
      addCommand(webhook, cli, {
        usage: 'dead-letters <subscriptionId>',
        description: 'list the events that the endpoint did not accept for 24 hours, oldest first',
        examples: [
          'webhook dead-letters <subscriptionId> --domain <domainId>',
          'webhook dead-letters <subscriptionId> --all',
        ],
        calls: [
          'GET /domains/{domainId}/subscriptions/{subscriptionId}/dead-letters',
          'GET /subscriptions/{subscriptionId}/dead-letters',
        ],
      }),
    ),
  ).action(async (subscriptionId: string, { domain: domainId, ...list }: DomainOption & ListOptions) => {
    const api = await cli.api();
    const letters = await cli.collect('dead letters', limitOf(list), (query) =>
      domainId === undefined
        ? api.call('GET /subscriptions/{subscriptionId}/dead-letters', { path: { subscriptionId }, query })
        : api.call('GET /domains/{domainId}/subscriptions/{subscriptionId}/dead-letters', {
            path: { domainId, subscriptionId },
            query,
          }),
    );
    cli.printList(letters, DEAD_LETTER, 'The webhook has no dead letters.');
  });
}

function addAttempts(webhook: Command, cli: Cli): void {
  withDomain(
    addCommand(webhook, cli, {
      usage: 'test <subscriptionId>',
      description: 'send a test event now, and show the response of the endpoint',
      examples: ['webhook test <subscriptionId> --domain <domainId>', 'webhook test <subscriptionId>'],
      calls: [
        'POST /domains/{domainId}/subscriptions/{subscriptionId}/test-events',
        'POST /subscriptions/{subscriptionId}/test-events',
      ],
    }),
  ).action(async (subscriptionId: string, { domain: domainId }: DomainOption) => {
    const api = await cli.api();
    const result = await (domainId === undefined
      ? api.call('POST /subscriptions/{subscriptionId}/test-events', { path: { subscriptionId } })
      : api.call('POST /domains/{domainId}/subscriptions/{subscriptionId}/test-events', {
          path: { domainId, subscriptionId },
        }));
    cli.printRecord(result, TEST);
    if (!result.delivered) throw new Failure('The endpoint did not accept the test event.');
  });

  withDomain(
    addCommand(webhook, cli, {
      usage: 'retry <subscriptionId>',
      description: 'try everything that waits at once, instead of at the next attempt',
      examples: ['webhook retry <subscriptionId> --domain <domainId>', 'webhook retry <subscriptionId>'],
      calls: [
        'POST /domains/{domainId}/subscriptions/{subscriptionId}/retries',
        'POST /subscriptions/{subscriptionId}/retries',
      ],
    }),
  ).action(async (subscriptionId: string, { domain: domainId }: DomainOption) => {
    const api = await cli.api();
    await (domainId === undefined
      ? api.call('POST /subscriptions/{subscriptionId}/retries', { path: { subscriptionId } })
      : api.call('POST /domains/{domainId}/subscriptions/{subscriptionId}/retries', {
          path: { domainId, subscriptionId },
        }));
    cli.print({ subscriptionId, retried: true }, () => ['The service tries the endpoint now.']);
  });

  withDomain(
    addCommand(webhook, cli, {
      usage: 'replay <subscriptionId> [eventIds...]',
      description: 'deliver dead letters again, or all events since a time; the bytes are the same',
      examples: [
        'webhook replay <subscriptionId> --domain <domainId> --all',
        'webhook replay <subscriptionId> --domain <domainId> --since 2h',
        'webhook replay <subscriptionId> 0199a8d2-9c4e-7000-8000-000000000002',
      ],
      calls: [
        'POST /domains/{domainId}/subscriptions/{subscriptionId}/replays',
        'POST /subscriptions/{subscriptionId}/replays',
      ],
    })
      .option('--all', 'all dead letters')
      .option(
        '--since <when>',
        'all events since a time: a duration ago (12h, 7d), a date (UTC), or an RFC 3339 time',
        (text: string) => parsePastTime(text, cli.terminal.now()),
      ),
  ).action(
    async (
      subscriptionId: string,
      eventIds: readonly string[],
      { domain: domainId, all, since }: DomainOption & { readonly all?: boolean; readonly since?: string },
    ) => {
      const body = replayBody(eventIds, all, since);
      const api = await cli.api();
      const replayed = await (domainId === undefined
        ? api.call('POST /subscriptions/{subscriptionId}/replays', { path: { subscriptionId }, body })
        : api.call('POST /domains/{domainId}/subscriptions/{subscriptionId}/replays', {
            path: { domainId, subscriptionId },
            body,
          }));
      cli.printRecord(replayed, REPLAYED);
    },
  );
}

function replayBody(eventIds: readonly string[], all: boolean | undefined, since: string | undefined) {
  const given = [eventIds.length > 0, all, since !== undefined].filter(Boolean).length;
  if (given !== 1) throw Failure.misused('Name the events to replay, or add either --all or --since.');
  if (since !== undefined) return { since };
  return { deadLetters: all ? ('all' as const) : [...eventIds] };
}
