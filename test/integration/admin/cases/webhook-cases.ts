import { Receiver } from '../../../support/webhooks/receiver';
import type { AdminCase } from './admin-case';

const REPLAY = { deadLetters: 'all' } as const;

/** A valid body for each operation about webhooks that has a body. */
export const WEBHOOK_BODIES: Readonly<Record<string, unknown>> = {
  replayWebhook: REPLAY,
  replayDeploymentWebhook: REPLAY,
};

const UNKNOWN = { subscriptionId: '0199a8d2-0000-7000-8000-0000000000ff' };

/** Returns the cases of one scope: each operation, and each way in which it refuses a request. */
function casesOf(scope: '' | 'Deployment', caller: 'owner' | 'operator'): AdminCase[] {
  const create = scope === '' ? 'createDomainSubscription' : 'createDeploymentSubscription';
  const remove = scope === '' ? 'deleteDomainSubscription' : 'deleteDeploymentSubscription';
  const operation = (verb: string, rest = '') => `${verb}${scope}Webhook${rest}`;
  const receiver = new Receiver();
  const idFrom: AdminCase['check'] = ({ body }, { parameters }) => {
    parameters.subscriptionId = body.subscription.subscriptionId;
  };
  const all = [
    operation('get', 'Status'),
    operation('list', 'Deliveries'),
    operation('list', 'DeadLetters'),
    operation('test'),
    operation('retry'),
    operation('replay'),
    operation('create', 'Secret'),
    operation('revoke', 'Secret'),
  ];
  const body = (operationId: string) => ({ body: WEBHOOK_BODIES[operationId] });
  const secretId = UNKNOWN.subscriptionId;
  return [
    ...[
      'https://localhost/',
      'http://hooks.example.com/',
      'https://169.254.169.254/',
      'https://10.0.0.1/',
    ].map((endpoint): AdminCase => ({
      operationId: create,
      status: 400,
      condition: `the endpoint is ${endpoint}`,
      caller,
      body: { name: 'Product', kind: 'webhook', endpoint },
    })),
    {
      operationId: create,
      status: 400,
      condition: 'a webhook has no endpoint',
      caller,
      body: { name: 'Product', kind: 'webhook' },
    },
    {
      operationId: create,
      status: 201,
      condition: 'for a feed',
      caller,
      body: { name: 'Feed', kind: 'feed' },
      check: idFrom,
    },
    ...all.map((operationId): AdminCase => ({
      operationId,
      status: 409,
      condition: 'the subscription is not a webhook',
      caller,
      parameters: { secretId },
      ...body(operationId),
    })),
    { operationId: remove, status: 204, condition: 'for a feed', caller },
    {
      operationId: create,
      status: 201,
      condition: 'for a webhook',
      caller,
      body: { name: 'Product', kind: 'webhook', endpoint: receiver.url },
      check: (response, context) => {
        expect(response.body.secret).toMatch(/^whsec_/);
        idFrom(response, context);
      },
    },
    ...all.map((operationId): AdminCase => ({
      operationId,
      status: 404,
      caller,
      parameters: { ...UNKNOWN, secretId },
      ...body(operationId),
    })),
    {
      operationId: operation('get', 'Status'),
      status: 200,
      caller: scope === '' ? 'viewer' : caller,
      check: ({ body: status }, { parameters }) =>
        expect(status.secrets).toMatchObject([{ secretId: parameters.subscriptionId }]),
    },
    {
      operationId: operation('test'),
      status: 200,
      caller,
      check: ({ body: result }) => expect(result).toMatchObject({ delivered: true, status: 200 }),
    },
    {
      operationId: operation('list', 'Deliveries'),
      status: 200,
      caller: scope === '' ? 'viewer' : caller,
      // A webhook of the deployment also gets the events of the domains of other tests.
      check: ({ body: page }) =>
        scope === ''
          ? expect(page.items).toMatchObject([{ type: 'subscription.test', delivered: true }])
          : expect(page.items).not.toEqual([]),
    },
    {
      operationId: operation('list', 'DeadLetters'),
      status: 200,
      caller: scope === '' ? 'viewer' : caller,
      check: ({ body: page }) => expect(page.items).toEqual([]),
    },
    { operationId: operation('list', 'Deliveries'), status: 400, caller, query: 'limit=0' },
    { operationId: operation('list', 'DeadLetters'), status: 400, caller, query: 'cursor=x' },
    { operationId: operation('retry'), status: 202, caller },
    {
      operationId: operation('replay'),
      status: 202,
      caller,
      body: REPLAY,
      check: ({ body: result }) => expect(result).toEqual({ replayed: 0, more: false }),
    },
    ...[
      ['it names nothing', {}],
      ['it names both', { ...REPLAY, since: '2026-01-01T00:00:00Z' }],
      ['the time is no time', { since: 'yesterday' }],
      ['the time is in the future', { since: '2999-01-01T00:00:00Z' }],
      ['the list is empty', { deadLetters: [] }],
    ].map(
      ([condition, wrong]) =>
        ({ operationId: operation('replay'), status: 400, condition, caller, body: wrong }) as AdminCase,
    ),
    {
      operationId: operation('create', 'Secret'),
      status: 201,
      caller,
      check: ({ body: created }, { parameters }) => {
        expect(created.secret).toMatch(/^whsec_/);
        parameters.secretId = String(created.secretId);
      },
    },
    { operationId: operation('revoke', 'Secret'), status: 204, caller },
    { operationId: remove, status: 204, condition: 'for a webhook', caller },
  ];
}

/** Cases for the webhooks of a domain and of the deployment. */
export const WEBHOOK_CASES: readonly AdminCase[] = [
  ...casesOf('', 'owner'),
  ...casesOf('Deployment', 'operator'),
];
