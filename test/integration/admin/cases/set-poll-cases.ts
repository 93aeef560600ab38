import { Receiver } from '../../../support/webhooks/receiver';
import type { AdminCase } from './admin-case';

const POLL = { returnImmediately: true } as const;

/** A valid body for each poll. */
export const SET_POLL_BODIES: Readonly<Record<string, unknown>> = {
  pollSets: POLL,
  pollDeploymentSets: POLL,
};

const UNKNOWN = { subscriptionId: '0199a8d2-0000-7000-8000-0000000000ff' };

/** Returns the cases of one scope: the kinds of subscriptions to SETs, and polls. */
function casesOf(scope: 'Domain' | 'Deployment', caller: 'owner' | 'operator'): AdminCase[] {
  const create = `create${scope}Subscription`;
  const change = `change${scope}Subscription`;
  const remove = `delete${scope}Subscription`;
  const poll = scope === 'Domain' ? 'pollSets' : 'pollDeploymentSets';
  const test = scope === 'Domain' ? 'testWebhook' : 'testDeploymentWebhook';
  const idFrom: AdminCase['check'] = ({ body }, { parameters }) => {
    parameters.subscriptionId = body.subscription.subscriptionId;
  };
  const push = { name: 'Receiver', kind: 'setPush', endpoint: new Receiver().url };
  const audience = 'https://receiver.example.com';
  return [
    {
      operationId: create,
      status: 201,
      condition: 'for a push',
      caller,
      body: { ...push, audience, authorization: 'Bearer x' },
      check: (response, context) => {
        const { subscription, ...secrets } = response.body;
        expect(subscription).toMatchObject({ kind: 'setPush', audience, hasAuthorization: true });
        expect(String(subscription.issuer)).toMatch(/\/v2$/);
        expect([subscription.authorization, secrets]).toEqual([undefined, {}]);
        idFrom(response, context);
      },
    },
    {
      operationId: change,
      status: 200,
      condition: 'the authorization is removed',
      caller,
      body: { authorization: null, audience: 'urn:example:receiver' },
      check: ({ body }) => {
        expect(body.audience).toBe('urn:example:receiver');
        expect(body).not.toHaveProperty('hasAuthorization');
      },
    },
    ...[
      { authorization: 'a\r\nb: c' },
      { audience: 'a b' },
      { types: ['license.ended'] },
      { endpoint: 'https://10.0.0.1/' },
    ].map((body): AdminCase => ({
      operationId: change,
      status: 400,
      condition: `a push cannot have ${JSON.stringify(body)}`,
      caller,
      body,
    })),
    { operationId: test, status: 409, condition: 'SCIM has no test events', caller },
    { operationId: poll, status: 409, condition: 'the kind is setPush', caller, body: POLL },
    { operationId: remove, status: 204, condition: 'for a push', caller },
    {
      operationId: create,
      status: 201,
      condition: 'for a poll',
      caller,
      body: { name: 'Receiver', kind: 'setPoll', types: ['group.deleted'] },
      check: (response, context) => {
        const { subscription, token } = response.body;
        const { issuer, subscriptionId } = subscription;
        expect(subscription.audience).toBe(`${String(issuer)}/Feeds/${subscriptionId}`);
        expect(token).toMatch(/^scimevents_/);
        idFrom(response, context);
      },
    },
    {
      operationId: poll,
      status: 200,
      caller,
      body: POLL,
      check: ({ body }) => expect(body.moreAvailable).toBe(false),
    },
    { operationId: poll, status: 400, caller, body: { maxEvents: 'many' } },
    { operationId: poll, status: 404, caller, parameters: UNKNOWN, body: POLL },
    { operationId: remove, status: 204, condition: 'for a poll', caller },
  ];
}

/** Cases for SETs of a domain and of the deployment. */
export const SET_POLL_CASES: readonly AdminCase[] = [
  ...casesOf('Domain', 'owner'),
  ...casesOf('Deployment', 'operator'),
];
