import type { Subscription } from '../../../portal/src/api/schema';
import {
  changeOf,
  draftOf,
  NEW_DRAFT,
  newSubscriptionOf,
} from '../../../portal/src/subscriptions/subscription-draft';

const FILLED = {
  ...NEW_DRAFT,
  name: ' Product ',
  endpoint: ' https://hooks.example.com ',
  audience: ' https://receiver.example.com ',
  authorization: ' Bearer x ',
  types: ['user.created', 'license.ended'],
} as const;

describe('A new subscription', () => {
  it.each([
    ['webhook', { endpoint: 'https://hooks.example.com', types: ['user.created', 'license.ended'] }],
    ['feed', { types: ['user.created', 'license.ended'] }],
    ['eventBridge', { types: ['user.created', 'license.ended'] }],
    [
      'setPush',
      {
        endpoint: 'https://hooks.example.com',
        audience: 'https://receiver.example.com',
        authorization: 'Bearer x',
        types: ['user.created'],
      },
    ],
    ['setPoll', { audience: 'https://receiver.example.com', types: ['user.created'] }],
  ] as const)('of the kind %s has only the values of its kind', (kind, values) => {
    const body = { name: 'Product', kind, content: 'notice', ...values };
    expect(newSubscriptionOf({ ...FILLED, kind })).toEqual(body);
  });

  it('has all types, an audience of its own, and no authorization by default', () => {
    const draft = {
      ...NEW_DRAFT,
      name: 'Receiver',
      kind: 'setPush',
      endpoint: 'https://x.example.com',
    } as const;
    expect(newSubscriptionOf(draft)).toEqual({
      name: 'Receiver',
      kind: 'setPush',
      content: 'notice',
      endpoint: 'https://x.example.com',
    });
  });
});

describe('A change of a subscription', () => {
  const before: Subscription = {
    subscriptionId: 's',
    name: 'Receiver',
    kind: 'setPush',
    types: ['user.created'],
    content: 'notice',
    state: 'active',
    createdAt: '2026-01-01T00:00:00.000Z',
    endpoint: 'https://receiver.example.com/sets',
    audience: 'https://receiver.example.com',
    hasAuthorization: true,
  };
  const draft = draftOf(before);

  it.each([
    ['nothing', {}, {}],
    ['the name', { name: 'Other' }, { name: 'Other' }],
    ['all types', { types: undefined }, { types: null }],
    ['other types', { types: ['user.deleted'] }, { types: ['user.deleted'] }],
    ['no type, which the service refuses', { types: [] }, { types: [] }],
    ['the content', { content: 'full' }, { content: 'full' }],
    ['the endpoint', { endpoint: 'https://x.example.com' }, { endpoint: 'https://x.example.com' }],
    ['the audience', { audience: 'x' }, { audience: 'x' }],
    ['no audience, which the service refuses', { audience: ' ' }, { audience: '' }],
    ['the authorization', { authorization: 'Bearer y' }, { authorization: 'Bearer y' }],
    ['no authorization', { removesAuthorization: true }, { authorization: null }],
  ] as const)('sends %s', (_, edit, body) => {
    expect(changeOf({ ...draft, ...edit }, before)).toEqual(body);
  });

  it('of another kind has no members of this kind', () => {
    const feed: Subscription = { ...before, kind: 'feed', endpoint: undefined, audience: undefined };
    expect(changeOf({ ...draftOf(feed), name: 'x' }, feed)).toEqual({ name: 'x' });
  });
});
