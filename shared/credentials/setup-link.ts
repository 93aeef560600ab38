import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { UUID_PATTERN } from './uuid-pattern';

/** The secret of a setup link, or of the browser that opened it, with the link that it belongs to. */
export interface SetupSecret {
  readonly domainId: string;
  readonly linkId: string;
  /** 256 random bits: 43 characters of base 62 (`newSecret` of shared/credentials/scim-key.ts). */
  readonly secret: string;
}

/** The default number of days after which a setup link expires. */
export const DEFAULT_SETUP_LINK_DAYS = 7;
export const MAX_SETUP_LINK_DAYS = 30;

/** The number of minutes for which a one-time code works. */
export const SETUP_CODE_MINUTES = 10;

/** Identifies the token for secret scanners, and distinguishes it from the other tokens of the admin API. */
const SESSION_PREFIX = 'scim_setup_';
const SESSION = new RegExp(`^${SESSION_PREFIX}(${UUID_PATTERN})_(${UUID_PATTERN})_([0-9A-Za-z]{43})$`);

export const hasSetupSessionPrefix = (token: string): boolean => token.startsWith(SESSION_PREFIX);

/** Returns the token of the browser that opened a link. */
export const formatSetupSession = ({ domainId, linkId, secret }: SetupSecret): string =>
  `${SESSION_PREFIX}${domainId}_${linkId}_${secret}`;

/** Returns the parts of a browser's token, or undefined if the text is not one. */
export function parseSetupSession(token: string): SetupSecret | undefined {
  const [, domainId, linkId, secret] = SESSION.exec(token) ?? [];
  return domainId && linkId && secret ? { domainId, linkId, secret } : undefined;
}

/**
 * Returns the address of a link. No log of a server contains the secret, because browsers keep a fragment.
 */
export const setupUrl = (portalUrl: string, { domainId, linkId, secret }: SetupSecret): string =>
  `${portalUrl}/setup#${domainId}.${linkId}.${secret}`;

/**
 * Returns the hash of a secret for storage: SHA-256 in base64url. A secret has 256 random bits, so it needs
 * no pepper. The hash covers the ids and the use, so a hash that is copied to another link matches nothing.
 */
export const hashSetupSecret = (use: 'link' | 'session', { domainId, linkId, secret }: SetupSecret): string =>
  createHash('sha256').update(`setup-${use}_${domainId}_${linkId}_${secret}`).digest('base64url');

export const newSetupCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/**
 * Returns the hash of a one-time code for storage. Its key is the secret of the link, which the table does
 * not contain, so nobody finds the code by trying all hashes of a copy of the table.
 */
export const hashSetupCode = (code: string, { domainId, linkId, secret }: SetupSecret): string =>
  createHmac('sha256', secret).update(`setup-code_${domainId}_${linkId}_${code}`).digest('base64url');

/** Compares two hashes in constant time. */
export function isSameHash(actual: string, expected: string): boolean {
  const [one, other] = [Buffer.from(actual), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
