import { createHash, timingSafeEqual } from 'node:crypto';

/** Marks the token for secret scanners, and tells it from the token of a portal user. */
export const ADMIN_TOKEN_PREFIX = 'scim_admin_';

/** The token that a secret's value stands for. */
export const toAdminToken = (secret: string): string => ADMIN_TOKEN_PREFIX + secret;

export const hasAdminTokenPrefix = (token: string): boolean => token.startsWith(ADMIN_TOKEN_PREFIX);

/** A rotation holds after this time at the latest. */
const CACHE_MS = 60_000;
/** A token that does not fit may be newer than what is known; it is looked up, but not by every guess. */
const MIN_REFRESH_INTERVAL_MS = 1_000;

/** Tells whether a token is the deployment's admin token, as the secret says now. */
export class AdminTokenVerifier {
  private cached: { readonly token: string; readonly at: number } | undefined;

  constructor(
    private readonly readSecret: () => Promise<string>,
    private readonly now: () => number = Date.now,
  ) {}

  async matches(token: string): Promise<boolean> {
    if (this.isOlderThan(CACHE_MS)) await this.read();
    if (this.matchesCached(token)) return true;
    if (!this.isOlderThan(MIN_REFRESH_INTERVAL_MS)) return false;
    await this.read();
    return this.matchesCached(token);
  }

  private isOlderThan(milliseconds: number): boolean {
    return this.cached === undefined || this.now() - this.cached.at >= milliseconds;
  }

  private async read(): Promise<void> {
    this.cached = { token: toAdminToken(await this.readSecret()), at: this.now() };
  }

  private matchesCached(token: string): boolean {
    return this.cached !== undefined && timingSafeEqual(digest(token), digest(this.cached.token));
  }
}

/** Of the same length whatever it is made of. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
