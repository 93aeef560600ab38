import { createHash, timingSafeEqual } from 'node:crypto';

/** Marks the token for secret scanners, and tells it from the token of a portal user. */
export const ADMIN_TOKEN_PREFIX = 'scim_admin_';

/** The token that a secret's value stands for. */
export const adminTokenOf = (secret: string): string => ADMIN_TOKEN_PREFIX + secret;

export const looksLikeAdminToken = (token: string): boolean => token.startsWith(ADMIN_TOKEN_PREFIX);

/** A rotation holds after this time at the latest. */
const KNOWN_FOR_MS = 60_000;
/** A token that does not fit may be newer than what is known; it is looked up, but not by every guess. */
const LOOK_AGAIN_AFTER_MS = 1_000;

/** Tells whether a token is the deployment's admin token, as the secret says now. */
export class AdminTokenCheck {
  private known: { readonly token: string; readonly at: number } | undefined;

  constructor(
    private readonly readSecret: () => Promise<string>,
    private readonly now: () => number = Date.now,
  ) {}

  async matches(token: string): Promise<boolean> {
    if (this.isOlderThan(KNOWN_FOR_MS)) await this.read();
    if (this.isKnown(token)) return true;
    if (!this.isOlderThan(LOOK_AGAIN_AFTER_MS)) return false;
    await this.read();
    return this.isKnown(token);
  }

  private isOlderThan(milliseconds: number): boolean {
    return this.known === undefined || this.now() - this.known.at >= milliseconds;
  }

  private async read(): Promise<void> {
    this.known = { token: adminTokenOf(await this.readSecret()), at: this.now() };
  }

  private isKnown(token: string): boolean {
    return this.known !== undefined && timingSafeEqual(digest(token), digest(this.known.token));
  }
}

/** Of the same length whatever it is made of. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
