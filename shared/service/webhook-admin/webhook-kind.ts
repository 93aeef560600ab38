import type { Subscription } from '../../store/events/subscription';
import type { Item } from '../../store/table/read-item';
import { AdminError } from '../admin/admin-error';
import { readWebhookSecret } from '../webhook-delivery/open-channels';
import { endpointProblem } from '../webhooks/endpoint';
import type { WebhookSecretRef } from '../webhooks/webhook-secret';

export interface WebhookKindOptions {
  /** The origins of the setting `webhookOrigins`. */
  readonly origins: readonly string[];
  /** @default the secret of the deployment */
  readonly secretOf?: (ref: WebhookSecretRef) => Promise<string>;
}

/** Returns the rules of subscriptions of the kind `webhook`. */
export const webhookKind = ({ origins, secretOf = readWebhookSecret }: WebhookKindOptions) => ({
  /**
   * Returns the endpoint without surrounding white space. Throws an `AdminError` if no event may be sent to
   * it.
   */
  validateEndpoint: async (text: string): Promise<string> => {
    const endpoint = text.trim();
    const problem = await endpointProblem(endpoint, origins);
    if (problem !== undefined) throw new AdminError(problem);
    return endpoint;
  },
  /** Returns the secret that is shown once. It needs no attributes, because its id is that of the webhook. */
  create: async ({ scope, subscriptionId }: Subscription): Promise<{ attributes: Item; secret: string }> => ({
    attributes: {},
    secret: await secretOf({ scope, subscriptionId, secretId: subscriptionId }),
  }),
});
