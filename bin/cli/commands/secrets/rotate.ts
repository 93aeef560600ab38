import { setTimeout as sleep } from 'node:timers/promises';
import {
  formatSecretVersions,
  parseSecretVersions,
  type SecretVersion,
} from '../../../../shared/credentials/secret-versions';
import { newSecret } from '../../../../shared/credentials/scim-key';
import type { SecretName } from '../../../../shared/credentials/secret-names';
import { ADMIN_TOKEN_GRACE_MS, toAdminToken } from '../../../../shared/service/credentials/admin-token';
import type { Cli } from '../../cli';
import type * as Aws from '../../connection/aws-deployment';
import { Failure } from '../../failure';
import { addVersion, onlyVersion, pendingVersion, withoutFormer } from './add-version';
import { DERIVING, type DerivingName } from './secret-kinds';

/** The time until a new version is used. Functions read their secrets again after five minutes. */
export const LEAD_SECONDS = 900;

/**
 * An instance of the authorizer that has just read the admin token does not read it again within a second.
 */
const ADMIN_TOKEN_DELAY_MS = 2_000;

/** CloudFront may send the former text for this time after a rotation. */
const PORTAL_ORIGIN_DELAY_MS = 3_600_000;

/** A secret with its versions, and the time on the clock of AWS. */
export interface ReadSecret {
  readonly arn: string;
  readonly versions: readonly SecretVersion[];
  readonly now: number;
}

/** The result of a rotation. Times are RFC 3339. */
export interface Rotation {
  readonly name: SecretName;
  readonly version: number;
  /** The time from which the version is used. */
  readonly usedFrom: string;
  /** Whether an earlier command published the version. */
  readonly wasPublished: boolean;
}

export interface RotateOptions {
  /** Ends everything that was made with the former versions, because somebody may know them. */
  readonly endFormer?: boolean;
  readonly leadSeconds?: number;
}

/** Returns the ARN of a secret of the stage. */
async function arnOf(cli: Cli, aws: typeof Aws, name: SecretName): Promise<string> {
  const { [name]: arn } = await aws.readSecretsDeployment(cli.stage);
  if (arn === undefined) throw new Failure(`The stage ${cli.stage} has no secret ${name}.`);
  return arn;
}

/** Reads a secret from which values are derived. */
export async function readDeriving(aws: typeof Aws, arn: string): Promise<ReadSecret> {
  const { text, now } = await aws.readSecret(arn);
  try {
    return { arn, versions: parseSecretVersions(text), now };
  } catch (error) {
    throw new Failure(
      `The secret ${arn} cannot be read: ${(error as Error).message} Restore its former value with Secrets Manager.`,
    );
  }
}

/**
 * Publishes a new version of a secret, which is used after some minutes. If an earlier command published one
 * that is not used yet, this command publishes none. So it may be repeated if it was interrupted.
 */
export async function rotateDeriving(
  cli: Cli,
  name: DerivingName,
  { endFormer = false, leadSeconds = LEAD_SECONDS }: RotateOptions,
): Promise<Rotation> {
  const aws = await cli.aws();
  const { arn, versions, now } = await readDeriving(aws, await arnOf(cli, aws, name));
  const pending = pendingVersion(versions, now);
  if (pending && !endFormer) return rotationOf(name, pending, now, true);
  const { maxVersions = Infinity, lifetimeMs } = DERIVING[name];
  if (versions.length >= maxVersions)
    throw new Failure(
      `The secret ${name} still has its former version. End it with \`${cli.commandLine(`secret drop ${name}`)}\`, and ` +
        'rotate the secret after that.',
    );
  const leadMs = 1_000 * leadSeconds;
  const text = newSecret();
  const rotated = endFormer
    ? onlyVersion(versions, text)
    : addVersion(versions, { text, now, leadMs, lifetimeMs });
  await aws.writeSecret(arn, formatSecretVersions(rotated));
  return rotationOf(name, rotated.at(-1) as SecretVersion, now, false);
}

/** Ends the former version of a secret. Returns the version that is left. */
export async function dropFormer(cli: Cli, name: DerivingName): Promise<number> {
  const aws = await cli.aws();
  const { arn, versions, now } = await readDeriving(aws, await arnOf(cli, aws, name));
  const left = withoutFormer(versions, { now, leadMs: 1_000 * leadOf(cli) });
  if (!left)
    throw new Failure(
      `A function may still use the former version of the secret ${name}. Try again in a few minutes.`,
    );
  if (left.length < versions.length) await aws.writeSecret(arn, formatSecretVersions(left));
  return left[0]?.id ?? 0;
}

/** On this machine, a rehearsal may use a new version sooner. */
const leadOf = (cli: Cli): number => (cli.session ? 0 : LEAD_SECONDS);

/** The admin token after a rotation. */
export interface AdminTokenRotation {
  readonly token: string;
  /** The time at which an earlier command created the token. Absent if this command created it. */
  readonly createdAt?: Date;
}

/**
 * Replaces the admin token, and returns the new one when it is accepted. The former one is accepted for an
 * hour, or with `endFormer` for a minute. The service accepts only the current text and the one before it. So
 * within this hour, a command without `endFormer` returns the token that exists: another write would end the
 * one that programs still have.
 */
export async function rotateAdminToken(
  cli: Cli,
  { endFormer = false }: RotateOptions,
): Promise<AdminTokenRotation> {
  const aws = await cli.aws();
  const { adminTokenSecretArn } = await aws.readAdminDeployment(cli.stage);
  const replaced = endFormer
    ? undefined
    : await readJustReplaced(aws, adminTokenSecretArn, ADMIN_TOKEN_GRACE_MS);
  if (replaced) return { token: toAdminToken(replaced.text), createdAt: new Date(replaced.storedAt) };
  if (endFormer) await aws.writeSecret(adminTokenSecretArn, newSecret());
  const text = newSecret();
  await aws.writeSecret(adminTokenSecretArn, text);
  await sleep(ADMIN_TOKEN_DELAY_MS);
  return { token: toAdminToken(text) };
}

/**
 * Replaces the secret that the portal's distribution sends. The admin API accepts the former one, too. If a
 * command replaced it in the last hour, this one does not, because CloudFront may still send the former text.
 * Returns whether it did.
 */
export async function rotatePortalOrigin(cli: Cli): Promise<boolean> {
  const aws = await cli.aws();
  const arn = await arnOf(cli, aws, 'portal-origin');
  if (await readJustReplaced(aws, arn, PORTAL_ORIGIN_DELAY_MS)) return false;
  await aws.writeSecret(arn, newSecret());
  return true;
}

/** Reads the text of a secret if it replaced another one in this time. */
async function readJustReplaced(
  aws: typeof Aws,
  arn: string,
  milliseconds: number,
): Promise<Aws.SecretText | undefined> {
  const secret = await aws.readSecret(arn);
  const isRecent = secret.now - secret.storedAt < milliseconds;
  return isRecent && (await aws.hasFormerText(arn)) ? secret : undefined;
}

const rotationOf = (
  name: SecretName,
  { id, from }: SecretVersion,
  now: number,
  wasPublished: boolean,
): Rotation => ({
  name,
  version: id,
  usedFrom: new Date(from === -Infinity ? now : from).toISOString(),
  wasPublished,
});
