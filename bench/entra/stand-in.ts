import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { listen, sendJson, type Listening } from '../../local/host/http';

const ALGORITHM = 'RS256';
/** The lifetime of Entra ID's tokens is 60 to 90 minutes. */
const LIFETIME_SECONDS = 3_900;

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** What an administrator copies from the portal of Entra ID into a trust. */
export interface WorkloadIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** The two shapes of the audience that Entra ID sends. */
  readonly audiences: readonly [string, string];
  readonly tenant: string;
  readonly jwksUrl: string;
}

/** Entra ID as the issuer of assertions: one tenant with one application, and keys that change. */
export class EntraStandIn {
  readonly identity: WorkloadIdentity;
  /** The key that signs is the last one. */
  private keys: readonly SigningKey[] = [];
  /** How often the keys were fetched. */
  keyFetches = 0;

  private constructor(private readonly host: Listening) {
    const [tenant, application] = [randomUUID(), randomUUID()];
    this.identity = {
      issuer: `${host.url}/${tenant}/v2.0`,
      subject: randomUUID(),
      audiences: [`api://${application}`, `api://${application}/scim.example.com`],
      tenant,
      jwksUrl: `${host.url}/${tenant}/discovery/v2.0/keys`,
    };
  }

  /** Starts to serve the keys. Port 0 takes a free one. */
  static async start(port: number): Promise<EntraStandIn> {
    let standIn: EntraStandIn | undefined;
    const host = await listen((request, response) => standIn?.serve(request.url ?? '', response), port);
    standIn = new EntraStandIn(host);
    standIn.keys = [await createKey()];
    return standIn;
  }

  get origin(): string {
    return this.host.url;
  }

  /** Signs with a new key from now on. The former keys are published until `withdrawFormerKeys`. */
  async rollOver(): Promise<void> {
    this.keys = [...this.keys, await createKey()];
  }

  withdrawFormerKeys(): void {
    this.keys = this.keys.slice(-1);
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

  stop(): Promise<void> {
    return this.host.close();
  }

  private serve(path: string, response: Parameters<typeof sendJson>[0]): void {
    if (!this.identity.jwksUrl.endsWith(path)) return sendJson(response, 404, {});
    this.keyFetches++;
    sendJson(response, 200, { keys: this.keys.map(({ jwk }) => jwk) });
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
