import { createHash } from 'node:crypto';

/** The time for which API Gateway caches what the authorizer grants. */
const REMEMBERED_MS = 300_000;
/** Limits the memory, because outsiders choose the tokens. */
const MAX_REMEMBERED = 1_000;

/**
 * Remembers tokens that were refused, so that a client that repeats one costs no further read. That is safe:
 * no token becomes valid later, because its id is random and a revocation is final. API Gateway itself caches
 * no 401.
 */
export class RefusedTokens<Owner = undefined> {
  /** The tokens by their digests, oldest first. */
  private readonly tokens = new Map<string, { readonly until: number; readonly owner?: Owner }>();

  has(token: string, now: Date): boolean {
    return (this.tokens.get(digestOf(token))?.until ?? 0) > now.getTime();
  }

  /** Returns the owner with which a token was remembered. */
  ownerOf(token: string): Owner | undefined {
    return this.tokens.get(digestOf(token))?.owner;
  }

  add(token: string, now: Date, owner?: Owner): void {
    this.tokens.set(digestOf(token), { until: now.getTime() + REMEMBERED_MS, owner });
    const [oldest] = this.tokens.keys();
    if (this.tokens.size > MAX_REMEMBERED && oldest !== undefined) this.tokens.delete(oldest);
  }
}

/** The memory holds no token, only its digest. */
const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
