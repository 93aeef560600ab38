import type { Subscription } from '../api/schema';
import type { ConnectionValue } from '../format/connection-values';
import { t } from './messages';

/** Returns what the receiver of a subscription needs: addresses, and the claims that it checks. */
export function receiverValues(
  { kind, subscriptionId, ...subscription }: Subscription,
  domainId: string,
): readonly ConnectionValue[] {
  const { feedUrl, pollUrl, jwksUrl, issuer, audience, eventBusName } = subscription;
  const named: readonly (readonly [string, string | undefined])[] = [
    [t('feedUrl'), feedUrl],
    [t('pollUrl'), pollUrl],
    [t('jwksUrl'), jwksUrl],
    [t('issuer'), issuer],
    [t('audience'), audience],
    [t('eventBus'), eventBusName],
    ...(kind === 'eventBridge'
      ? ([
          [t('source'), 'scim-provisioning'],
          [t('resource'), `domains/${domainId}/subscriptions/${subscriptionId}`],
        ] as const)
      : []),
  ];
  return named.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}
