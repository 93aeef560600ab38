import type { AdminCase } from './admin-case';

const NEW = { name: 'Product', kind: 'feed' } as const;

/** A valid body for each operation about subscriptions that has a body. */
export const SUBSCRIPTION_BODIES: Readonly<Record<string, unknown>> = {
  createDomainSubscription: NEW,
  createDeploymentSubscription: NEW,
  changeDomainSubscription: { name: 'Product' },
  changeDeploymentSubscription: { name: 'Product' },
};

const UNKNOWN = { subscriptionId: '0199a8d2-0000-7000-8000-0000000000ff' };

/** Returns the cases of one scope: each operation, and each way in which it refuses a request. */
function casesOf(scope: 'Domain' | 'Deployment', caller: 'owner' | 'operator'): AdminCase[] {
  const create = `create${scope}Subscription`;
  const change = `change${scope}Subscription`;
  const remove = `delete${scope}Subscription`;
  const replace = `replace${scope}SubscriptionToken`;
  return [
    {
      operationId: create,
      status: 201,
      caller,
      body: { ...NEW, name: ' Product ', types: ['license.ended', 'license.ended'], content: 'full' },
      check: ({ body }, { parameters }) => {
        expect(body.subscription).toMatchObject({
          ...NEW,
          types: ['license.ended'],
          content: 'full',
          state: 'active',
        });
        expect(body.token).toMatch(/^scimevents_/);
        parameters.subscriptionId = body.subscription.subscriptionId;
      },
    },
    { operationId: create, status: 400, caller, body: { ...NEW, name: '' } },
    ...[
      ['the kind is unknown', { ...NEW, kind: 'email' }],
      ['a type is unknown', { ...NEW, types: ['user.renamed'] }],
      ['there is no type', { ...NEW, types: [] }],
      ['a feed has an endpoint', { ...NEW, endpoint: 'https://example.com' }],
      ['an event bus has an endpoint', { ...NEW, kind: 'eventBridge', endpoint: 'https://example.com' }],
    ].map(
      ([condition, body]) => ({ operationId: create, status: 400, condition, caller, body }) as AdminCase,
    ),
    {
      operationId: `list${scope}Subscriptions`,
      status: 200,
      caller,
      check: ({ body }, { parameters }) =>
        expect(JSON.stringify(body.items)).toContain(parameters.subscriptionId),
    },
    { operationId: `get${scope}Subscription`, status: 200, caller },
    { operationId: `get${scope}Subscription`, status: 404, caller, parameters: UNKNOWN },
    {
      operationId: change,
      status: 200,
      caller,
      body: { name: 'Renamed', types: null, content: 'notice', state: 'paused' },
      check: ({ body }) => {
        expect(body).toMatchObject({ name: 'Renamed', content: 'notice', state: 'paused' });
        expect(body).not.toHaveProperty('types');
      },
    },
    { operationId: change, status: 200, condition: 'nothing changes', caller, body: { name: 'Renamed' } },
    { operationId: change, status: 400, caller, body: { kind: 'webhook' } },
    { operationId: change, status: 404, caller, parameters: UNKNOWN, body: { name: 'x' } },
    {
      operationId: replace,
      status: 200,
      caller,
      check: ({ body }) => expect(body.token).toMatch(/^scimevents_/),
    },
    { operationId: replace, status: 404, caller, parameters: UNKNOWN },
    {
      operationId: `list${scope}Events`,
      status: 200,
      caller: scope === 'Domain' ? 'viewer' : 'operator',
      query: 'limit=1',
      check: ({ body }) => expect(body).toMatchObject({ next: expect.stringMatching(/^\d+$/) as string }),
    },
    ...['limit=0', 'after=x', 'since=yesterday', 'types=user.created,user.renamed', 'content=all'].map(
      (query): AdminCase => ({
        operationId: `list${scope}Events`,
        status: 400,
        condition: `the query is ${query}`,
        caller,
        query,
      }),
    ),
    { operationId: remove, status: 204, caller },
    { operationId: remove, status: 404, condition: 'it was deleted', caller },
    {
      operationId: create,
      status: 201,
      condition: 'the kind is eventBridge',
      caller,
      body: { ...NEW, kind: 'eventBridge' },
      check: ({ body }, { parameters }) => {
        expect(body).toEqual({ subscription: expect.objectContaining({ kind: 'eventBridge' }) as object });
        parameters.subscriptionId = body.subscription.subscriptionId;
      },
    },
    { operationId: replace, status: 409, condition: 'the kind is eventBridge', caller },
    { operationId: remove, status: 204, condition: 'the kind is eventBridge', caller },
  ];
}

/** Cases for subscriptions and events of a domain and of the deployment. */
export const SUBSCRIPTION_CASES: readonly AdminCase[] = [
  {
    operationId: 'listEventTypes',
    status: 200,
    caller: 'viewer',
    check: ({ body }) =>
      expect(body.items.map(({ type }: { type: string }) => type)).toContain('license.ended'),
  },
  ...casesOf('Domain', 'owner'),
  ...casesOf('Deployment', 'operator'),
];
