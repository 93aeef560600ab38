import { createHash } from 'node:crypto';

/** The time for which API Gateway caches what the authorizer grants. */
const REMEMBERED_MS = 300_000;
/** Limits the memory, because outsiders choose the tokens. */
const MAX_REMEMBERED = 1_000;

/**
 * Remembers tokens that were refused, so that a client that repeats one costs no further read. That is safe: no
 * token becomes valid later, because its id is random and a revocation is final. API Gateway itself caches no 401.
 */
export class RefusedTokens {
  /** The time until which a token is remembered, by its digest, oldest first. */
  private readonly until = new Map<string, number>();

  has(token: string, now: Date): boolean {
    return (this.until.get(digestOf(token)) ?? 0) > now.getTime();
  }

  add(token: string, now: Date): void {
    this.until.set(digestOf(token), now.getTime() + REMEMBERED_MS);
    const [oldest] = this.until.keys();
    if (this.until.size > MAX_REMEMBERED && oldest !== undefined) this.until.delete(oldest);
  }
}

/** The memory holds no token, only its digest. */
const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
