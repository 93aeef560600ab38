import type * as Jose from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';

const ALGORITHM = 'RS256';
const KEY_ID = 'local';

/** The issuer's key. Each start generates a new one, because sign-ins do not survive a restart either. */
export class SigningKey {
  private constructor(
    private readonly jose: typeof Jose,
    private readonly key: CryptoKey,
    private readonly publicKey: CryptoKey,
    readonly privateJwk: JWK,
  ) {}

  static async generate(): Promise<SigningKey> {
    const jose = await import('jose');
    const { privateKey, publicKey } = await jose.generateKeyPair(ALGORITHM, { extractable: true });
    const jwk = await jose.exportJWK(privateKey);
    return new SigningKey(jose, privateKey, publicKey, { ...jwk, kid: KEY_ID, alg: ALGORITHM, use: 'sig' });
  }

  /** Returns the claims of a JWT that this key signed and that has not expired, or undefined. */
  async verify(token: string): Promise<JWTPayload | undefined> {
    const verified = await this.jose.jwtVerify(token, this.publicKey).catch(() => undefined);
    return verified?.payload;
  }

  /** Returns a JWT with exactly these claims. */
  sign(claims: JWTPayload): Promise<string> {
    return new this.jose.SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID, typ: 'JWT' })
      .sign(this.key);
  }
}
