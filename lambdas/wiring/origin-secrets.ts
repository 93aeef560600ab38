import { ENV } from '../../shared/env';
import { readSentTexts } from '../../shared/store/secrets/secrets';

/**
 * Returns the secrets that the portal's distribution may send. There are none if the deployment has no
 * portal.
 */
export async function readOriginSecrets(): Promise<readonly string[]> {
  const arn = process.env[ENV.portalOriginSecretArn];
  return arn ? readSentTexts(arn) : [];
}
