import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { Trust } from '../../../shared/store/credentials/credential';
import { KEY_HOST_VARIABLE, type HostedResponse } from '../jest/key-host';
import { createSigningKey, signAssertion, type SigningKey } from './signing-key';

/** An issuer whose keys the running system can fetch. Each test has its own. */
export class HostedIssuer {
  private constructor(
    readonly trust: Trust & { readonly tenant: string },
    readonly key: SigningKey,
  ) {}

  static async create(alg?: string): Promise<HostedIssuer> {
    const host = process.env[KEY_HOST_VARIABLE] ?? '';
    const [tenant, application] = [randomUUID(), randomUUID()];
    const issuer = new HostedIssuer(
      {
        issuer: `${host}/${tenant}/v2.0`,
        subject: randomUUID(),
        audiences: [`api://${application}`, `api://${application}/scim.example.com`],
        tenant,
        jwksUrl: `${host}/${tenant}/keys`,
      },
      await createSigningKey(randomUUID(), alg),
    );
    await issuer.publish([issuer.key]);
    return issuer;
  }

  /** Publishes these keys. */
  publish(keys: readonly SigningKey[]): Promise<void> {
    return this.respond({ body: JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }) });
  }

  /** Lets the JWKS URL return this response. */
  async respond({ status = 200, headers = {}, body = '' }: Partial<HostedResponse>): Promise<void> {
    await fetch(this.trust.jwksUrl, { method: 'PUT', body: JSON.stringify({ status, headers, body }) });
  }

  /** Returns how often the keys were fetched. */
  async fetches(): Promise<number> {
    return Number(await (await fetch(this.trust.jwksUrl, { method: 'POST' })).text());
  }

  /** Returns a new assertion. `claims` and `header` replace the usual ones. */
  assertion(
    claims: Readonly<Record<string, unknown>> = {},
    header: Readonly<Record<string, unknown>> = {},
    key = this.key,
  ): Promise<string> {
    const { issuer, subject, audiences, tenant } = this.trust;
    const now = Math.floor(Date.now() / 1_000);
    const usual = { iss: issuer, sub: subject, aud: audiences[0], tid: tenant, iat: now, nbf: now, exp: now + 300 };
    return signAssertion(key, { ...usual, jti: randomUUID(), ...claims } as JWTPayload, header);
  }
}
