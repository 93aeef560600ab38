import type { RequestListener } from 'node:http';
import type { JWTPayload } from 'jose';
import type { CloudContext } from '../../cloud/context';
import { listen } from '../../host/http';
import { UserError } from '../../host/user-error';
import type { Resource } from '../../cloud/template/resources';
import type { Accounts } from './accounts';
import { failKeyRequest } from './key-faults';
import { ROLES_CLAIM, startProvider } from './provider';
import { SigningKey } from './signing-key';
import { issuerUrls, poolOf, type UserPool } from './user-pool';

export interface IdTokenRequest {
  readonly id: string;
  readonly name?: string;
  readonly roles: readonly string[];
  /** Seconds from now; negative for a token that has expired. */
  readonly expiresIn: number;
  /** Added to the claims of an ID token, or replacing them. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * The OpenID issuer that replaces the template's user pool. It listens early, because other resources refer
 * to its URL.
 */
export class Issuer {
  private handle: RequestListener | undefined;
  private userPool: UserPool | undefined;

  private constructor(
    readonly url: string,
    /** The URLs of the pool in AWS, which `url` replaces. */
    readonly awsUrls: readonly string[],
    readonly poolId: string,
    private readonly accounts: Accounts,
    private readonly key: SigningKey,
  ) {}

  /** Returns undefined if the template has no user pool, because users then sign in elsewhere. */
  static async listen(
    resources: readonly Resource[],
    accounts: Accounts,
    { faults, teardown }: Pick<CloudContext, 'faults' | 'teardown'>,
  ): Promise<Issuer | undefined> {
    const [pool, ...others] = resources.filter(({ type }) => type === 'AWS::Cognito::UserPool');
    if (others.length > 0) throw new UserError('The local cloud runs one user pool only.');
    if (!pool) return undefined;
    const key = await SigningKey.generate();
    const listening = await listen((message, response) => {
      if (failKeyRequest(faults, message, response)) return;
      if (issuer.handle) issuer.handle(message, response);
      else response.writeHead(503, { 'retry-after': '1' }).end();
    }, 0);
    teardown.add('the issuer', listening.close);
    const awsUrls = issuerUrls(resources, pool.ref);
    const issuer: Issuer = new Issuer(listening.url, awsUrls, pool.ref, accounts, key);
    return issuer;
  }

  /** Starts to sign people in. The resources contain the URLs of this machine. */
  async open(resources: readonly Resource[]): Promise<void> {
    this.userPool = poolOf(resources, this.poolId);
    this.handle = await startProvider(this.url, this.userPool, this.accounts, this.key);
  }

  /** The settings of the pool. Throws before `open`. */
  get pool(): UserPool {
    if (!this.userPool) throw new Error('The issuer is not open yet.');
    return this.userPool;
  }

  /** Returns an ID token without a sign-in. */
  idToken({ id, name, roles, expiresIn, claims }: IdTokenRequest): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return this.key.sign({
      iss: this.url,
      aud: this.pool.clientId,
      sub: id,
      iat: Math.min(now, now + expiresIn),
      exp: now + expiresIn,
      token_use: 'id',
      [ROLES_CLAIM]: roles,
      ...(name !== undefined && { name }),
      ...claims,
    });
  }

  /** Returns an access token as a sign-in through the API returns it, or with another scope. */
  accessToken(id: string, scope: string): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const { clientId } = this.pool;
    const claims = { iss: this.url, client_id: clientId, sub: id, scope, token_use: 'access' };
    return this.key.sign({ ...claims, iat: now, exp: now + 3_600 });
  }

  /** Returns the claims of a token of this issuer, or undefined. */
  verify(token: string): Promise<JWTPayload | undefined> {
    return this.key.verify(token);
  }
}
