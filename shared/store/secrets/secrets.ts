import {
  currentSecret,
  type CurrentSecret,
  parseSecretVersions,
  type SecretVersion,
} from '../../credentials/secret-versions';
import { ENV, requireEnv, type EnvironmentVariable } from '../../env';
import { passFailure } from '../../logging/failure-report';
import { RefreshedValue } from './refreshed-value';
import { fetchAccepted, fetchSecret } from './secret';

/*
 * Secrets that an operator rotates while functions run. Each function reads them again after five minutes. A
 * new version is published 15 minutes before it is used. So by then every function has read it, and accepts
 * the values that others derive from it.
 */

const versions = new Map<string, RefreshedValue<readonly SecretVersion[]>>();
const texts = new Map<string, RefreshedValue<readonly string[]>>();

/** Reads all versions of the secret whose ARN a variable contains. They are oldest first. */
export const readVersions = (
  variable: EnvironmentVariable,
  now: Date = new Date(),
): Promise<readonly SecretVersion[]> => versionsOf(requireEnv(variable), now);

/** Reads the version of a secret that is used, and those that are accepted. */
export const readCurrent = (variable: EnvironmentVariable, now: Date = new Date()): Promise<CurrentSecret> =>
  readCurrentOf(requireEnv(variable), now);

/** Reads the version that is used, and those that are accepted, of the secret with this ARN. */
export const readCurrentOf = async (arn: string, now: Date = new Date()): Promise<CurrentSecret> =>
  currentSecret(await versionsOf(arn, now), now.getTime());

/** Reads the secrets from which the keys of list cursors are derived. */
export const readCursorSecret = (): Promise<CurrentSecret> => readCurrent(ENV.cursorSecretArn);

/** Reads a secret that is sent as it is, and the text that it replaced. */
export const readSentTexts = (arn: string, now: Date = new Date()): Promise<readonly string[]> =>
  refreshed(texts, arn, () => fetchAccepted(arn)).at(now);

const versionsOf = (arn: string, now: Date): Promise<readonly SecretVersion[]> =>
  refreshed(versions, arn, async () => parseSecretVersions(await fetchSecret(arn))).at(now);

function refreshed<T>(
  values: Map<string, RefreshedValue<T>>,
  arn: string,
  read: () => Promise<T>,
): RefreshedValue<T> {
  let value = values.get(arn);
  if (!value) {
    const seconds = process.env[ENV.secretRefreshSeconds];
    const refreshMs = seconds === undefined ? undefined : 1_000 * Number(seconds);
    value = new RefreshedValue({ read, refreshMs, onFailed: passFailure });
    values.set(arn, value);
  }
  return value;
}
