import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** The purpose and the version of the key. It never equals the key of another kind of secret. */
const PURPOSE = 'set receiver authorization 1';

const keyOf = (deploymentSecret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', deploymentSecret, '', PURPOSE, 32));

/** A value that is copied to another subscription cannot be opened. */
const contextOf = ({ scope, subscriptionId }: SubscriptionRef): Buffer =>
  Buffer.from(JSON.stringify([scope, subscriptionId]));

/**
 * Encrypts the value of the header `Authorization` for a receiver with a secret of the deployment, so that
 * whoever reads the table cannot use it.
 */
export function sealAuthorization(ref: SubscriptionRef, value: string, deploymentSecret: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyOf(deploymentSecret), iv).setAAD(contextOf(ref));
  const sealed = [cipher.update(value, 'utf8'), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url');
}

/** Decrypts the value of the header. Throws if it belongs to another subscription or deployment. */
export function openAuthorization(ref: SubscriptionRef, sealed: string, deploymentSecret: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(ALGORITHM, keyOf(deploymentSecret), bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(contextOf(ref))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const text = bytes.subarray(IV_BYTES + TAG_BYTES);
  return decipher.update(text, undefined, 'utf8') + decipher.final('utf8');
}
