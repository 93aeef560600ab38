import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ENV, requireEnv } from '../../env';

/** The secret from which the key of cursors is derived. */
export const readCursorSecret = (): Promise<string> => readSecret(requireEnv(ENV.cursorSecretArn));

let client: SecretsManagerClient | undefined;
const secrets = new Map<string, Promise<string>>();

/** The text of a secret; read once in the life of the process. */
export function readSecret(arn: string): Promise<string> {
  let secret = secrets.get(arn);
  if (!secret) {
    secret = fetchSecret(arn);
    secret.catch(() => secrets.delete(arn));
    secrets.set(arn, secret);
  }
  return secret;
}

/** The text of a secret as it is now. */
export async function fetchSecret(arn: string): Promise<string> {
  client ??= new SecretsManagerClient({
    // Without the last of these a timeout only writes a warning.
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (!SecretString) throw new Error(`The secret ${arn} holds no text.`);
  return SecretString;
}
