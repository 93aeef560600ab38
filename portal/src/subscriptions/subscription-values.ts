import type { Subscription } from '../api/schema';
import type { ConnectionValue } from '../format/connection-values';

/** Returns what the receiver of a subscription needs: addresses, and the claims that it checks. */
export function receiverValues(
  { kind, subscriptionId, ...subscription }: Subscription,
  domainId: string,
): readonly ConnectionValue[] {
  const { feedUrl, pollUrl, jwksUrl, issuer, audience, eventBusName } = subscription;
  const named: readonly (readonly [string, string | undefined])[] = [
    ['Feed URL', feedUrl],
    ['Poll URL', pollUrl],
    ['JWKS URL', jwksUrl],
    ['Issuer', issuer],
    ['Audience', audience],
    ['Event bus', eventBusName],
    ...(kind === 'eventBridge'
      ? ([
          ['Source', 'scim-provisioning'],
          ['Resource', `domains/${domainId}/subscriptions/${subscriptionId}`],
        ] as const)
      : []),
  ];
  return named.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}
