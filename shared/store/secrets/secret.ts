import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { requestTimeouts } from '../../request-timeouts';
import { retry } from '../../retry/retry';

let client: SecretsManagerClient | undefined;

/** The text of a secret, and the time at which it was stored. */
export interface StoredText {
  readonly text: string;
  readonly createdAt: Date;
}

/** Reads the current text of a secret. */
export const fetchSecret = async (arn: string): Promise<string> => (await fetchStored(arn)).text;

/** Reads the text of a secret before the current one. Returns undefined if the secret was never replaced. */
async function fetchPrevious(arn: string): Promise<StoredText | undefined> {
  try {
    return await fetchStored(arn, 'AWSPREVIOUS');
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/**
 * Reads the current text of a secret and, if it was stored less than `graceMs` ago, the one before it.
 * Programs that have the former text keep working for this time.
 */
export async function fetchAccepted(arn: string, graceMs = Infinity): Promise<readonly string[]> {
  const { text, createdAt } = await fetchStored(arn);
  const former = Date.now() - createdAt.getTime() < graceMs ? await fetchPrevious(arn) : undefined;
  return [text, ...(former ? [former.text] : [])];
}

/** Reads the current text of a secret, or the one before it. */
async function fetchStored(
  arn: string,
  VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS' = 'AWSCURRENT',
): Promise<StoredText> {
  client ??= new SecretsManagerClient({
    // `retry` repeats requests.
    maxAttempts: 1,
    requestHandler: requestTimeouts(2_000),
  });
  const secrets = client;
  const command = new GetSecretValueCommand({ SecretId: arn, VersionStage });
  const { SecretString, CreatedDate } = await retry(() => secrets.send(command)).catch(nameService);
  if (!SecretString) throw new Error(`The secret ${arn} holds no text.`);
  return { text: SecretString, createdAt: CreatedDate ?? new Date(0) };
}

/** Names the service in an error of the SDK, whose message does not. The log shows nothing else about it. */
function nameService(error: unknown): never {
  if (error instanceof Error) error.message = `Secrets Manager: ${error.message}`;
  throw error;
}
