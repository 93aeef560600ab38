import { type ExampleCase, unchanged, withMembers, withPath } from './example-case';

/** The case of another subscription in the same scope, with which the request has another outcome. */
const withSubscription = (
  each: Pick<ExampleCase, 'name' | 'description'>,
  which: 'feed' | 'pausedWebhook',
): ExampleCase => ({
  ...each,
  status: 409,
  when: 'before',
  show: unchanged,
  send: async (request, { otherSubscription }) => {
    const subscriptionId = await otherSubscription(request.url, which);
    return withPath(/(\/subscriptions\/)[^/]+/, `$1${subscriptionId}`)(request);
  },
});

const NOT_A_WEBHOOK = withSubscription(
  { name: 'Not a webhook', description: 'The subscription is of the kind feed.' },
  'feed',
);

const NOT_POLLED = withSubscription(
  { name: 'Not polled', description: 'The subscription is of the kind feed.' },
  'feed',
);

const INVALID_POLL: ExampleCase = {
  name: 'Invalid body',
  status: 400,
  when: 'before',
  show: withMembers({ maxEvents: -1 }),
};

const PAUSED = withSubscription({ name: 'Paused', description: 'The webhook is paused.' }, 'pausedWebhook');

const NOT_A_FEED = withSubscription(
  { name: 'Not a feed', description: 'The subscription is of the kind webhook, which has no token.' },
  'pausedWebhook',
);

const TOO_MANY_SECRETS: ExampleCase = {
  name: 'Too many secrets',
  status: 409,
  description: 'The webhook already has two secrets.',
  when: 'after',
  show: unchanged,
};

const LAST_SECRET: ExampleCase = {
  name: 'Last secret',
  status: 409,
  description: 'The webhook has only its first secret, which has the id of the webhook.',
  when: 'after',
  show: withPath(/\/([^/]+)\/secrets\/[^/]+$/, '/$1/secrets/$1'),
};

/**
 * The conflicts of operations on subscriptions, by operation and status. `undefined`: no example can be
 * recorded.
 */
export const SUBSCRIPTION_ERRORS: Readonly<Record<string, ExampleCase | undefined>> = {
  // Only a deployment without an event bus, or a 21st subscription, causes it.
  'createDomainSubscription 409': undefined,
  'createDeploymentSubscription 409': undefined,
  'replaceDomainSubscriptionToken 409': NOT_A_FEED,
  'replaceDeploymentSubscriptionToken 409': NOT_A_FEED,
  'createWebhookSecret 409': TOO_MANY_SECRETS,
  'createDeploymentWebhookSecret 409': TOO_MANY_SECRETS,
  'revokeWebhookSecret 409': LAST_SECRET,
  'revokeDeploymentWebhookSecret 409': LAST_SECRET,
  'getWebhookStatus 409': NOT_A_WEBHOOK,
  'getDeploymentWebhookStatus 409': NOT_A_WEBHOOK,
  'listWebhookDeliveries 409': NOT_A_WEBHOOK,
  'listDeploymentWebhookDeliveries 409': NOT_A_WEBHOOK,
  'listWebhookDeadLetters 409': NOT_A_WEBHOOK,
  'listDeploymentWebhookDeadLetters 409': NOT_A_WEBHOOK,
  'testWebhook 409': NOT_A_WEBHOOK,
  'testDeploymentWebhook 409': NOT_A_WEBHOOK,
  'retryWebhook 409': PAUSED,
  'retryDeploymentWebhook 409': PAUSED,
  'replayWebhook 409': PAUSED,
  'replayDeploymentWebhook 409': PAUSED,
  'pollSets 400': INVALID_POLL,
  'pollDeploymentSets 400': INVALID_POLL,
  'pollSets 409': NOT_POLLED,
  'pollDeploymentSets 409': NOT_POLLED,
  // Only a cursor whose events expired after 30 days causes it.
  'listDomainEvents 409': undefined,
  'listDeploymentEvents 409': undefined,
};
