import { versionAt } from '../../credentials/secret-versions';
import { ENV } from '../../env';
import { openEventBus } from '../../event-bus/open-event-bus';
import { timeOfId } from '../../id';
import type { DeliveredKind } from '../../store/events/subscription';
import { readVersions } from '../../store/secrets/secrets';
import type { DeliveredSubscription } from '../../store/webhooks/webhook-subscriptions';
import { busChannel } from '../event-bus/bus-channel';
import type { SetChannels } from '../security-events/open-set-channels';
import { oneByOne, unavailable, type Channel } from '../webhooks/channel';
import { readWebhookOrigins } from '../webhooks/endpoint';
import { eventSender } from '../webhooks/send-event';
import { webhookSecret, type WebhookSecretRef } from '../webhooks/webhook-secret';

/**
 * Returns the text of a signing secret. The time in its id says from which version of the deployment's secret
 * it is derived, so a rotation changes no signing secret that a receiver has.
 */
export async function readWebhookSecret(ref: WebhookSecretRef): Promise<string> {
  const versions = await readVersions(ENV.webhookSecretArn);
  return webhookSecret(ref, versionAt(versions, timeOfId(ref.secretId).getTime()).text);
}

/** The operator has switched the bus off since the subscription was created. */
const NO_BUS =
  'This deployment has no event bus anymore. Ask the operator of the service to set "eventBus": true in the settings ' +
  'of the stage, and to deploy it. Or pause or delete the subscription.';

/** Returns the channel of a subscription. */
export type ChannelOf = (subscription: DeliveredSubscription) => Promise<Channel>;

/**
 * The channels of SETs in a function that must not sign. It sends only test events, and there are none of
 * SETs.
 */
const cannotSign = () => Promise.resolve(unavailable('Only the function that delivers events signs tokens.'));
const NO_SETS: SetChannels = { setPush: cannotSign, setPoll: cannotSign };

/**
 * Opens the channels of the kinds of subscriptions to which the service delivers events. `sets` are those of
 * SETs.
 */
export function openChannels(now: () => Date, sets: SetChannels = NO_SETS): ChannelOf {
  const send = eventSender({ origins: readWebhookOrigins(), now });
  const channels: Readonly<Record<DeliveredKind, ChannelOf>> = {
    webhook: async ({ scope, subscriptionId, endpoint = '', secrets }) => {
      const texts = secrets.map(({ secretId }) => readWebhookSecret({ scope, subscriptionId, secretId }));
      const target = { endpoint, secrets: await Promise.all(texts) };
      return oneByOne((event) => send(target, event));
    },
    eventBridge: (subscription) => {
      const bus = process.env[ENV.eventBusName];
      if (!bus) return Promise.resolve(unavailable(NO_BUS));
      return Promise.resolve(busChannel(subscription, { putEvents: openEventBus(bus), now }));
    },
    ...sets,
  };
  return (subscription) => channels[subscription.kind](subscription);
}
