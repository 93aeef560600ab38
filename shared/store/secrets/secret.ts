import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ENV, requireEnv } from '../../env';
import { requestTimeouts } from '../../request-timeouts';
import { retry } from '../../retry/retry';

/** Reads the secret from which the key of list cursors is derived. */
export const readCursorSecret = (): Promise<string> => readSecret(requireEnv(ENV.cursorSecretArn));

let client: SecretsManagerClient | undefined;
const secrets = new Map<string, Promise<string>>();

/** Returns the text of a secret. It is read once in the lifetime of the process. */
export function readSecret(arn: string): Promise<string> {
  let secret = secrets.get(arn);
  if (!secret) {
    secret = fetchSecret(arn);
    secret.catch(() => secrets.delete(arn));
    secrets.set(arn, secret);
  }
  return secret;
}

/** Reads the current text of a secret. */
export async function fetchSecret(arn: string): Promise<string> {
  client ??= new SecretsManagerClient({
    // `retry` repeats requests.
    maxAttempts: 1,
    requestHandler: requestTimeouts(2_000),
  });
  const secrets = client;
  const { SecretString } = await retry(() => secrets.send(new GetSecretValueCommand({ SecretId: arn })));
  if (!SecretString) throw new Error(`The secret ${arn} holds no text.`);
  return SecretString;
}
