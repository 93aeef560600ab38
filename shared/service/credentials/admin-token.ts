import { createHash, timingSafeEqual } from 'node:crypto';

/** Identifies the token for secret scanners, and distinguishes it from the token of a portal user. */
const ADMIN_TOKEN_PREFIX = 'scim_admin_';

/** Returns the admin token for the value of the secret. */
export const toAdminToken = (secret: string): string => ADMIN_TOKEN_PREFIX + secret;

export const hasAdminTokenPrefix = (token: string): boolean => token.startsWith(ADMIN_TOKEN_PREFIX);

/** After a rotation, the former token works for this time, so that programs can be changed one by one. */
export const ADMIN_TOKEN_GRACE_MS = 3_600_000;

const CACHE_MS = 60_000;
/** A token that does not match may be newer than the cache. This limits how often guesses read the secret. */
const MIN_REFRESH_INTERVAL_MS = 1_000;

/** Verifies the deployment's admin token against the texts of the secret that are accepted. */
export class AdminTokenVerifier {
  private cached: { readonly tokens: readonly string[]; readonly at: number } | undefined;

  constructor(
    private readonly readTexts: () => Promise<readonly string[]>,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async matches(token: string): Promise<boolean> {
    if (this.isOlderThan(CACHE_MS)) await this.read();
    if (this.matchesCached(token)) return true;
    if (!this.isOlderThan(MIN_REFRESH_INTERVAL_MS)) return false;
    await this.read();
    return this.matchesCached(token);
  }

  private isOlderThan(milliseconds: number): boolean {
    return this.cached === undefined || this.now().getTime() - this.cached.at >= milliseconds;
  }

  private async read(): Promise<void> {
    this.cached = { tokens: (await this.readTexts()).map(toAdminToken), at: this.now().getTime() };
  }

  private matchesCached(token: string): boolean {
    const matches = this.cached?.tokens.map((each) => timingSafeEqual(digest(token), digest(each)));
    return matches?.includes(true) ?? false;
  }
}

/** Makes texts of any length comparable by `timingSafeEqual`. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
