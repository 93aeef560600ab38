import type * as Jose from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';

const ALGORITHM = 'RS256';
const KEY_ID = 'local';

/** The issuer's key. Each start generates a new one, because sign-ins do not survive a restart either. */
export class SigningKey {
  private constructor(
    private readonly jose: typeof Jose,
    private readonly key: CryptoKey,
    readonly privateJwk: JWK,
  ) {}

  static async generate(): Promise<SigningKey> {
    const jose = await import('jose');
    const { privateKey } = await jose.generateKeyPair(ALGORITHM, { extractable: true });
    const jwk = await jose.exportJWK(privateKey);
    return new SigningKey(jose, privateKey, { ...jwk, kid: KEY_ID, alg: ALGORITHM, use: 'sig' });
  }

  /** Returns a JWT with exactly these claims. */
  sign(claims: JWTPayload): Promise<string> {
    return new this.jose.SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID, typ: 'JWT' })
      .sign(this.key);
  }
}
