import { hmacOf } from '../../credentials/secret-hash';
import { SECRET_PREFIX } from './signature';

/** The most secrets that a webhook has at a time: the current one, and a former one during a rotation. */
export const MAX_SECRETS = 2;

/** The purpose and the version of the HMAC. It never equals the hash of another kind of secret. */
const PURPOSE = 'webhook-secret-1';

/** Identifies a signing secret of a webhook. */
export interface WebhookSecretRef {
  readonly scope: string;
  readonly subscriptionId: string;
  readonly secretId: string;
}

/**
 * Returns the text of a signing secret. It is derived from a secret of the deployment, so that it is stored
 * nowhere: who reads the table cannot forge messages.
 */
export function webhookSecret(
  { scope, subscriptionId, secretId }: WebhookSecretRef,
  deploymentSecret: string,
): string {
  const key = hmacOf(`${PURPOSE}_${scope}_${subscriptionId}_${secretId}`, deploymentSecret);
  return SECRET_PREFIX + key.toString('base64');
}
