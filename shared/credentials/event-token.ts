import { createHash } from 'node:crypto';
import { checksum, CHECKSUM_LENGTH } from './base62';
import { isEqual, SECRET_LENGTH } from './secret-hash';
import { UUID_PATTERN } from './uuid-pattern';

/**
 * The parts of an events token, `scimevents_<scope>_<subscriptionId>_<secret><checksum>`. It names its
 * subscription, so that one read finds it. It reads the events of its scope, and nothing else.
 */
export interface EventToken {
  /** The id of a domain, or `DEPLOYMENT`. */
  readonly scope: string;
  readonly subscriptionId: string;
  /** 256 random bits: 43 characters of base 62. */
  readonly secret: string;
}

const PREFIX = 'scimevents_';
const TOKEN = new RegExp(
  `^${PREFIX}(${UUID_PATTERN}|DEPLOYMENT)_(${UUID_PATTERN})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`,
);

export const hasEventTokenPrefix = (token: string): boolean => token.startsWith(PREFIX);

/** Returns the text of a token. */
export function formatEventToken({ scope, subscriptionId, secret }: EventToken): string {
  const body = `${PREFIX}${scope}_${subscriptionId}_${secret}`;
  return body + checksum(body);
}

/** Returns the parts of a token, or undefined if the text is not one or is mistyped. */
export function parseEventToken(text: string): EventToken | undefined {
  const [, scope, subscriptionId, secret, check] = TOKEN.exec(text) ?? [];
  if (!scope || !subscriptionId || !secret) return undefined;
  return checksum(text.slice(0, -CHECKSUM_LENGTH)) === check ? { scope, subscriptionId, secret } : undefined;
}

/**
 * Returns the hash of a token for storage: SHA-256 in base64url. A secret has 256 random bits, so it needs no
 * pepper. The hash covers the ids and the use, so a hash that is copied to another subscription matches
 * nothing.
 */
export const hashEventToken = ({ scope, subscriptionId, secret }: EventToken): string =>
  createHash('sha256').update(`events_${scope}_${subscriptionId}_${secret}`).digest('base64url');

/** Returns whether `hash` is the hash of a token. Takes the same time for every result. */
export const matchEventToken = (token: EventToken, hash: string): boolean =>
  isEqual(hashEventToken(token), hash);
