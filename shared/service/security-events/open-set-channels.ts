import type { CurrentSecret } from '../../credentials/secret-versions';
import { ENV } from '../../env';
import { readLeaseKeyArns } from '../../license-lease';
import { SigningKeys } from '../../signing/signing-keys';
import { readCurrent } from '../../store/secrets/secrets';
import type { Table } from '../../store/table/table';
import { PendingSets } from '../../store/webhooks/pending-sets';
import type { DeliveredSubscription } from '../../store/webhooks/webhook-subscriptions';
import { unavailable, type Channel } from '../webhooks/channel';
import { readWebhookOrigins } from '../webhooks/endpoint';
import { endpointPoster } from '../webhooks/endpoint-post';
import { openAuthorization } from './receiver-authorization';
import type { SetStream } from './security-event-token';
import { pollChannel, pushChannel } from './set-channels';

/** The kinds of subscriptions whose events are SETs. */
export type SetChannels = Readonly<
  Record<'setPush' | 'setPoll', (subscription: DeliveredSubscription) => Promise<Channel>>
>;

/** No version of the secret is the one with which the value was encrypted. */
const UNREADABLE =
  'The authorization of the receiver cannot be decrypted, because the secret of the deployment has changed. Enter it again.';

/** Opens the channels of SETs. */
export function openSetChannels(table: Table, now: () => Date): SetChannels {
  const signer = new SigningKeys(readLeaseKeyArns());
  const post = endpointPoster({ origins: readWebhookOrigins(), now });
  const sets = new PendingSets(table);
  return {
    setPush: async (subscription) => {
      const { endpoint = '', authorization: sealed } = subscription;
      if (sealed === undefined)
        return pushChannel(streamOf(subscription), { endpoint }, { signer, now, post });
      const secret = await readCurrent(ENV.webhookSecretArn);
      const authorization = opened(subscription, sealed, secret);
      if (authorization === undefined) return unavailable(UNREADABLE);
      return pushChannel(streamOf(subscription), { endpoint, authorization }, { signer, now, post });
    },
    setPoll: (subscription) =>
      Promise.resolve(pollChannel(streamOf(subscription), subscription, { signer, now, sets })),
  };
}

/** Returns undefined if no version of the secret can decrypt the value. */
function opened(
  subscription: DeliveredSubscription,
  sealed: string,
  { accepted }: CurrentSecret,
): string | undefined {
  for (const { text } of accepted) {
    try {
      return openAuthorization(subscription, sealed, text);
    } catch {
      // Another version encrypted it.
    }
  }
  return undefined;
}

const streamOf = ({
  subscriptionId,
  issuer = '',
  audience = '',
  content,
}: DeliveredSubscription): SetStream => ({ subscriptionId, issuer, audience, content });
