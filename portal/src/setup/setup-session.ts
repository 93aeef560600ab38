import type { LinkParts } from '../api/setup';

/** The session of this browser with a setup link. */
export interface StoredSession {
  readonly domainId: string;
  readonly token: string;
  /** RFC 3339. */
  readonly expireTime: string;
}

/** A setup link in the address of the page. After it was opened, the address has no secret. */
export type LinkInAddress = Omit<LinkParts, 'secret'> & { readonly secret?: string };

/**
 * Returns the link in a fragment such as `#<domainId>.<linkId>.<secret>`; undefined if it is not complete.
 */
export function parseLink(fragment: string): LinkInAddress | undefined {
  const [domainId = '', linkId = '', secret] = fragment.replace(/^#/, '').split('.');
  if (![domainId, linkId].every((id) => /^[0-9a-f-]{36}$/.test(id))) return undefined;
  if (secret === undefined) return { domainId, linkId };
  return /^[0-9A-Za-z]{43}$/.test(secret) ? { domainId, linkId, secret } : undefined;
}

const STORAGE_PREFIX = 'setup-link:';

const storageKey = (linkId: string): string => STORAGE_PREFIX + linkId;

/** Returns the session of a link that this browser has opened. */
export function storedSession(linkId: string): StoredSession | undefined {
  const text = window.localStorage.getItem(storageKey(linkId));
  if (text === null) return undefined;
  const session = JSON.parse(text) as StoredSession;
  if (Date.parse(session.expireTime) > Date.now()) return session;
  forgetSession(linkId);
  return undefined;
}

/** Stores the session beyond the tab, because the link works only in this browser. */
export const storeSession = (linkId: string, session: StoredSession): void =>
  window.localStorage.setItem(storageKey(linkId), JSON.stringify(session));

export const forgetSession = (linkId: string): void => window.localStorage.removeItem(storageKey(linkId));

/** Returns whether this browser has opened a setup link that has not expired. */
export const hasStoredSession = (): boolean =>
  Object.keys(window.localStorage)
    .filter((key) => key.startsWith(STORAGE_PREFIX))
    .some((key) => storedSession(key.slice(STORAGE_PREFIX.length)) !== undefined);
