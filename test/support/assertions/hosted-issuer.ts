import { randomUUID } from 'node:crypto';
import type { Trust } from '../../../shared/store/credentials/credential';
import { KEY_HOST_VARIABLE, type HostedResponse } from '../jest/key-host';
import { createSigningKey, signAssertion, type SigningKey } from './signing-key';

/** Publishes keys where the running system can fetch them. */
export function hostedKeys() {
  const origin = process.env[KEY_HOST_VARIABLE] ?? '';
  return {
    origin,
    publish: async (path: string, jwks: object): Promise<void> =>
      host(origin + path, { body: JSON.stringify(jwks) }),
    fetches: async (path: string): Promise<number> =>
      Number(await (await fetch(origin + path, { method: 'POST' })).text()),
  };
}

/** Lets a URL of the key host return this response. */
async function host(url: string, response: Partial<HostedResponse>): Promise<void> {
  const body: HostedResponse = { status: 200, headers: {}, body: '', ...response };
  await fetch(url, { method: 'PUT', body: JSON.stringify(body) });
}

/** An issuer whose keys the running system can fetch. Each test has its own. */
export class HostedIssuer {
  private constructor(
    readonly trust: Trust & { readonly tenant: string },
    readonly key: SigningKey,
  ) {}

  static async create(alg?: string): Promise<HostedIssuer> {
    const { origin } = hostedKeys();
    const [tenant, application] = [randomUUID(), randomUUID()];
    const issuer = new HostedIssuer(
      {
        issuer: `${origin}/${tenant}/v2.0`,
        subject: randomUUID(),
        audiences: [`api://${application}`, `api://${application}/scim.example.com`],
        tenant,
        jwksUrl: `${origin}/${tenant}/keys`,
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
  respond(response: Partial<HostedResponse>): Promise<void> {
    return host(this.trust.jwksUrl, response);
  }

  /** Lets the JWKS URL never respond. */
  async beSilent(): Promise<void> {
    await fetch(this.trust.jwksUrl, { method: 'DELETE' });
  }

  /** Returns how often the keys were fetched. */
  fetches(): Promise<number> {
    const { origin, fetches } = hostedKeys();
    return fetches(this.trust.jwksUrl.slice(origin.length));
  }

  /** Returns a new assertion. `claims` and `header` replace the usual ones. */
  assertion(
    claims: Readonly<Record<string, unknown>> = {},
    header: Readonly<Record<string, unknown>> = {},
    key = this.key,
  ): Promise<string> {
    const { issuer, subject, audiences, tenant } = this.trust;
    const now = Math.floor(Date.now() / 1_000);
    const usual = {
      iss: issuer,
      sub: subject,
      aud: audiences[0],
      tid: tenant,
      iat: now,
      nbf: now,
      exp: now + 300,
    };
    return signAssertion(key, { ...usual, jti: randomUUID(), ...claims }, header);
  }
}
