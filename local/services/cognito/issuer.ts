import type { RequestListener } from 'node:http';
import { listen } from '../../host/http';
import type { Teardown } from '../../host/teardown';
import { UserError } from '../../host/user-error';
import type { Resource } from '../../cloud/template/resources';
import { Accounts } from './accounts';
import { ROLES_CLAIM, startProvider } from './provider';
import { SigningKey } from './signing-key';
import { issuerUrls, poolOf } from './user-pool';

export interface IdTokenWish {
  readonly id: string;
  readonly name?: string;
  readonly roles: readonly string[];
  /** Seconds from now; negative for a token that has expired. */
  readonly expiresIn: number;
  /** Beside or in place of what an ID token says. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The OpenID issuer in place of the template's user pool. It listens first, since others are told its URL. */
export class Issuer {
  readonly accounts = new Accounts();
  private handle: RequestListener | undefined;
  private clientId = '';

  private constructor(
    readonly url: string,
    /** The URLs of the pool in AWS, which are this one here. */
    readonly replaces: readonly string[],
    private readonly poolId: string,
    private readonly key: SigningKey,
  ) {}

  /** Undefined where the template has no user pool: then the portal's users sign in elsewhere. */
  static async listen(resources: readonly Resource[], teardown: Teardown): Promise<Issuer | undefined> {
    const [pool, ...others] = resources.filter(({ type }) => type === 'AWS::Cognito::UserPool');
    if (others.length > 0) throw new UserError('The local host runs one user pool only.');
    if (!pool) return undefined;
    const key = await SigningKey.generate();
    const listening = await listen((message, response) => {
      if (issuer.handle) issuer.handle(message, response);
      else response.writeHead(503, { 'retry-after': '1' }).end();
    }, 0);
    teardown.add('the issuer', listening.close);
    const issuer: Issuer = new Issuer(listening.url, issuerUrls(resources, pool.ref), pool.ref, key);
    return issuer;
  }

  /** `resources` with the URLs of this machine. */
  async open(resources: readonly Resource[]): Promise<void> {
    const pool = poolOf(resources, this.poolId);
    this.clientId = pool.clientId;
    this.handle = await startProvider(this.url, pool, this.accounts, this.key);
  }

  /** An ID token for the portal, without anybody signing in. */
  idToken({ id, name, roles, expiresIn, claims }: IdTokenWish): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return this.key.sign({
      iss: this.url,
      aud: this.clientId,
      sub: id,
      iat: Math.min(now, now + expiresIn),
      exp: now + expiresIn,
      token_use: 'id',
      [ROLES_CLAIM]: roles,
      ...(name !== undefined && { name }),
      ...claims,
    });
  }
}
