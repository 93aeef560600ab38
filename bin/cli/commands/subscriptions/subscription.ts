import { type Command, Option } from 'commander';
import type {
  CreatedSubscription,
  EventContent,
  EventType,
  NewSubscription,
  Subscription,
  SubscriptionChange,
  SubscriptionKind,
  SubscriptionState,
} from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { type Column, formatTime } from '../../columns';
import { addCommand, addNoun } from '../../command';
import { Failure } from '../../failure';
import { addScope, type ScopeOptions } from './scope-option';
import { addEndingCommands } from './subscription-ending';

const KINDS: readonly SubscriptionKind[] = ['feed', 'webhook', 'eventBridge', 'setPush', 'setPoll'];
const STATES: readonly SubscriptionState[] = ['active', 'paused'];
const CONTENTS: readonly EventContent[] = ['notice', 'full'];

const SUBSCRIPTION: readonly Column<Subscription>[] = [
  ['Name', ({ name }) => name],
  ['Subscription ID', ({ subscriptionId }) => subscriptionId],
  ['Kind', ({ kind }) => kind],
  ['Types', ({ types }) => types?.join(', ') ?? 'all'],
  ['Content', ({ content }) => content],
  ['Endpoint', ({ endpoint }) => endpoint],
  ['Issuer', ({ issuer }) => issuer],
  ['Audience', ({ audience }) => audience],
  ['Created', ({ createdAt }) => formatTime(createdAt)],
  ['State', ({ state }) => state],
];

/** Also what the product or the receiver needs. */
const DETAILS: readonly Column<Subscription>[] = [
  ...SUBSCRIPTION,
  ['Feed URL', ({ feedUrl }) => feedUrl],
  ['Poll URL', ({ pollUrl }) => pollUrl],
  ['JWKS URL', ({ jwksUrl }) => jwksUrl],
  ['Event bus', ({ eventBusName }) => eventBusName],
];

const CREATED: readonly Column<CreatedSubscription>[] = [
  ...DETAILS.map(([title, cell]): Column<CreatedSubscription> => [
    title,
    ({ subscription }) => cell(subscription),
  ]),
  ['Token', ({ token }) => token],
  ['Secret', ({ secret }) => secret],
];

interface SettingOptions extends ScopeOptions {
  readonly name?: string;
  readonly types?: string;
  readonly content?: EventContent;
  readonly state?: SubscriptionState;
  readonly endpoint?: string;
  readonly audience?: string;
  readonly authorization?: string;
}

/** Adds `subscription …`. */
export function addSubscriptionCommands(program: Command, cli: Cli): void {
  const subscription = addNoun(
    program,
    cli,
    'subscription',
    'subscriptions of a domain or of the deployment to events of changes',
  );

  addScope(
    addCommand(subscription, cli, {
      usage: 'list',
      description: 'list the subscriptions of a domain or of the deployment, oldest first',
      examples: ['subscription list --domain <domainId>', 'subscription list'],
      calls: ['GET /domains/{domainId}/subscriptions', 'GET /subscriptions'],
    }),
  ).action(async ({ domain: domainId }: ScopeOptions) => {
    const api = await cli.api();
    const { items } = domainId
      ? await api.call('GET /domains/{domainId}/subscriptions', { path: { domainId } })
      : await api.call('GET /subscriptions', {});
    const create = cli.commandLine(`subscription create --name Product${scopeText(domainId)}`);
    cli.printTable(items, SUBSCRIPTION, `There is no subscription yet. Create one: ${create}`);
  });

  addSettings(
    addCommand(subscription, cli, {
      usage: 'create',
      description:
        'create a subscription and print its token or secret, if it has one; it cannot be shown again',
      examples: [
        'subscription create --name Product --domain <domainId>',
        'subscription create --name Product --types user.deactivated,license.ended --content full',
        'subscription create --name Product --kind eventBridge',
        'subscription create --name Receiver --domain <domainId> --kind setPoll',
      ],
      calls: ['POST /domains/{domainId}/subscriptions', 'POST /subscriptions'],
    }).addOption(new Option('--kind <kind>', 'how events are delivered').choices(KINDS).default('feed')),
  ).action(async ({ domain: domainId, kind, ...settings }: SettingOptions & { kind: SubscriptionKind }) => {
    const { name, types, content, ...others } = settings;
    if (name === undefined) throw Failure.misused('Pass --name.');
    const body: NewSubscription = {
      name,
      kind,
      ...(types !== undefined && types !== ALL && { types: typesOf(types) }),
      ...(content && { content }),
      ...others,
    };
    const api = await cli.api();
    const created = domainId
      ? await api.call('POST /domains/{domainId}/subscriptions', { path: { domainId }, body })
      : await api.call('POST /subscriptions', { body });
    cli.printRecord(created, CREATED);
    if (created.token !== undefined)
      cli.note('\nThe token cannot be shown again. Give it to the product that reads the events.');
    if (created.secret !== undefined)
      cli.note(
        '\nThe secret cannot be shown again. Give it to the endpoint, which verifies requests with it.',
      );
  });

  addScope(
    addCommand(subscription, cli, {
      usage: 'show <id>',
      description: 'show a subscription',
      examples: [
        'subscription show <subscriptionId> --domain <domainId>',
        'subscription show <subscriptionId>',
      ],
      calls: [
        'GET /domains/{domainId}/subscriptions/{subscriptionId}',
        'GET /subscriptions/{subscriptionId}',
      ],
    }),
  ).action(async (subscriptionId: string, { domain: domainId }: ScopeOptions) => {
    const api = await cli.api();
    const found = domainId
      ? await api.call('GET /domains/{domainId}/subscriptions/{subscriptionId}', {
          path: { domainId, subscriptionId },
        })
      : await api.call('GET /subscriptions/{subscriptionId}', { path: { subscriptionId } });
    cli.printRecord(found, DETAILS);
  });

  addSettings(
    addCommand(subscription, cli, {
      usage: 'update <id>',
      description: 'change a subscription; pause it, or resume it',
      examples: [
        'subscription update <subscriptionId> --domain <domainId> --types all',
        'subscription update <subscriptionId> --domain <domainId> --state paused',
        'subscription update <subscriptionId> --content full',
      ],
      calls: [
        'PATCH /domains/{domainId}/subscriptions/{subscriptionId}',
        'PATCH /subscriptions/{subscriptionId}',
      ],
    }).addOption(new Option('--state <state>', 'whether it delivers events').choices(STATES)),
  ).action(async (subscriptionId: string, { domain: domainId, types, ...settings }: SettingOptions) => {
    const { authorization, ...others } = settings;
    const body: SubscriptionChange = {
      ...others,
      ...(types !== undefined && { types: types === ALL ? null : typesOf(types) }),
      ...(authorization !== undefined && { authorization: authorization === NONE ? null : authorization }),
    };
    if (Object.keys(body).length === 0)
      throw Failure.misused(
        'Pass --name, --types, --content, --state, --endpoint, --audience, or --authorization.',
      );
    const api = await cli.api();
    const changed = domainId
      ? await api.call('PATCH /domains/{domainId}/subscriptions/{subscriptionId}', {
          path: { domainId, subscriptionId },
          body,
        })
      : await api.call('PATCH /subscriptions/{subscriptionId}', { path: { subscriptionId }, body });
    cli.printRecord(changed, DETAILS);
  });

  addEndingCommands(subscription, cli);
}

const ALL = 'all';
const NONE = 'none';
const scopeText = (domainId: string | undefined): string => (domainId ? ` --domain ${domainId}` : '');

/** The service says which types exist. */
const typesOf = (text: string): EventType[] => text.split(',').map((type) => type.trim()) as EventType[];

const addSettings = (command: Command): Command =>
  addScope(command)
    .option('--name <name>', 'name of the subscription')
    .option('--types <types>', 'types of events, separated by commas, or all')
    .addOption(
      new Option('--content <content>', 'ids only, or also resources before and after').choices(CONTENTS),
    )
    .option(
      '--endpoint <url>',
      'https URL to which events are sent, for kinds that have one; its port is 443 or 8443',
    )
    .option('--audience <audience>', 'audience of the tokens, for setPush and setPoll')
    .option('--authorization <value>', 'header Authorization of requests, for setPush; none removes it');
