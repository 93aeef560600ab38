import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

const ALGORITHM = 'RS256';
/** The lifetime of Entra ID's tokens is 60 to 90 minutes. */
const LIFETIME_SECONDS = 3_900;

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** The values that an administrator copies from the portal of Entra ID into a trust. */
export interface WorkloadIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** The two shapes of the audience that Entra ID sends. */
  readonly audiences: readonly [string, string];
  readonly tenant: string;
  readonly jwksUrl: string;
}

/** A server that publishes the keys of an issuer. */
export interface KeyPublisher {
  /** The origin of the URLs. */
  readonly origin: string;
  readonly publish: (path: string, jwks: object) => Promise<void>;
  /** Returns how often a path was fetched. */
  readonly fetches: (path: string) => Promise<number>;
}

/** Entra ID as the issuer of assertions: one tenant with one application, and keys that change. */
export class EntraStandIn {
  readonly identity: WorkloadIdentity;
  /** The key that signs is the last one. */
  private keys: readonly SigningKey[] = [];
  private readonly keysPath: string;

  private constructor(private readonly publisher: KeyPublisher) {
    const [tenant, application] = [randomUUID(), randomUUID()];
    this.keysPath = `/${tenant}/discovery/v2.0/keys`;
    this.identity = {
      issuer: `${publisher.origin}/${tenant}/v2.0`,
      subject: randomUUID(),
      audiences: [`api://${application}`, `api://${application}/scim.example.com`],
      tenant,
      jwksUrl: publisher.origin + this.keysPath,
    };
  }

  static async create(publisher: KeyPublisher): Promise<EntraStandIn> {
    const standIn = new EntraStandIn(publisher);
    await standIn.publish([await createKey()]);
    return standIn;
  }

  get origin(): string {
    return this.publisher.origin;
  }

  /** Returns how often the keys were fetched. */
  keyFetches(): Promise<number> {
    return this.publisher.fetches(this.keysPath);
  }

  /** Signs with a new key from now on. The former keys are published until `withdrawFormerKeys`. */
  async rollOver(): Promise<void> {
    await this.publish([...this.keys, await createKey()]);
  }

  withdrawFormerKeys(): Promise<void> {
    return this.publish(this.keys.slice(-1));
  }

  /** Returns a new assertion with the claims that Microsoft documents, and a `jti`. */
  assertion(shape: 0 | 1): Promise<string> {
    const { issuer, subject, audiences, tenant } = this.identity;
    const { kid, privateKey } = this.signingKey();
    const now = Math.floor(Date.now() / 1_000);
    const application = audiences[0].replace('api://', '');
    return (
      new SignJWT({ tid: tenant, oid: subject, appid: application, appidacr: '2', idp: issuer, ver: '2.0' })
        .setIssuer(issuer)
        .setSubject(subject)
        .setAudience(audiences[shape])
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(now + LIFETIME_SECONDS)
        // Tells assertions of the same second apart.
        .setJti(randomUUID())
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .sign(privateKey)
    );
  }

  /** The keys are published before one of them signs. */
  private async publish(keys: readonly SigningKey[]): Promise<void> {
    await this.publisher.publish(this.keysPath, { keys: keys.map(({ jwk }) => jwk) });
    this.keys = keys;
  }

  private signingKey(): SigningKey {
    const key = this.keys.at(-1);
    if (!key) throw new Error('The stand-in has no key.');
    return key;
  }
}

async function createKey(): Promise<SigningKey> {
  const kid = randomUUID();
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}
