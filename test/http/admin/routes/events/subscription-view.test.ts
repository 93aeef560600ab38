import { subscriptionView } from '../../../../../shared/http/admin/routes/events/subscription-view';
import type { Subscription, SubscriptionKind } from '../../../../../shared/store/events/subscription';

const ADDRESSES = {
  adminUrl: 'https://api.example.com/admin/v1',
  jwksUrl: 'https://license.example.com/license/v1/jwks',
  eventBusName: 'scim-events',
};

const view = (kind: SubscriptionKind, more: Partial<Subscription> = {}) =>
  subscriptionView(
    {
      ...{
        scope: 'domain-1',
        subscriptionId: 's',
        name: 'Product',
        kind,
        content: 'notice',
        state: 'active',
      },
      ...{ createdAt: '2026-01-01T00:00:00.000Z', startPosition: 0, version: 1 },
      ...more,
    },
    ADDRESSES,
  );

it.each<[SubscriptionKind, Partial<Subscription>, object]>([
  ['feed', {}, { feedUrl: `${ADDRESSES.adminUrl}/domains/domain-1/events` }],
  ['feed', { scope: 'DEPLOYMENT' }, { feedUrl: `${ADDRESSES.adminUrl}/events` }],
  ['webhook', {}, {}],
  ['setPush', {}, { jwksUrl: ADDRESSES.jwksUrl }],
  [
    'setPoll',
    {},
    { jwksUrl: ADDRESSES.jwksUrl, pollUrl: `${ADDRESSES.adminUrl}/domains/domain-1/subscriptions/s/sets` },
  ],
  [
    'setPoll',
    { scope: 'DEPLOYMENT' },
    { jwksUrl: ADDRESSES.jwksUrl, pollUrl: `${ADDRESSES.adminUrl}/subscriptions/s/sets` },
  ],
  ['eventBridge', {}, { eventBusName: 'scim-events' }],
])('a %s has the addresses that its receiver needs', (kind, more, addresses) => {
  const { feedUrl, pollUrl, jwksUrl, eventBusName } = view(kind, more) as Record<string, string>;
  expect(JSON.parse(JSON.stringify({ feedUrl, pollUrl, jwksUrl, eventBusName }))).toEqual(addresses);
});

it('no secret, hash, or number of the store is shown', () => {
  const text = JSON.stringify(view('setPush', { authorization: 'sealed', tokenHash: 'hash' }));
  expect(text).toContain('"hasAuthorization":true');
  for (const hidden of ['sealed', 'hash"', 'startPosition', 'version', 'scope'])
    expect(text).not.toContain(hidden);
});
