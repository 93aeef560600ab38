import { formatAccessToken } from '../../credentials/access-token';
import {
  type ClientId,
  type ClientSecret,
  hashClientSecret,
  matchClientSecret,
  parseClientId,
  parseClientSecret,
} from '../../credentials/client-secret';
import { isFormer, pepperOf, withPepper } from '../../credentials/pepper';
import type { CurrentSecret } from '../../credentials/secret-versions';
import { timeOfId } from '../../id';
import type { ConnectionRecord } from '../../store/credentials/connection';
import type { ConnectionStore } from '../../store/credentials/connection-store';
import type { Credential } from '../../store/credentials/credential';
import type { CredentialStore } from '../../store/credentials/credential-store';
import type { TokenCounter } from '../../store/limits/token-counter';
import { type AssertionVerifier, failedCheck } from '../assertions/assertion';
import { claimedClientId } from './claimed-client-id';

/** The proof of a client's identity. */
export type ClientProof =
  | { readonly kind: 'secret'; readonly clientId: string; readonly secret: string }
  /** Without a client id, the assertion names the client. */
  | { readonly kind: 'assertion'; readonly clientId?: string; readonly assertion: string };

/** The client of a request, as far as it is known. */
export interface TokenClient extends ClientId {
  /** The client secret or the trust. */
  readonly credentialId?: string;
}

/** The result of a request for an access token. */
export type TokenDecision =
  | {
      readonly kind: 'issued';
      readonly client: TokenClient;
      readonly accessToken: string;
      /** Seconds. */
      readonly expiresIn: number;
    }
  | { readonly kind: 'limited'; readonly client: TokenClient; readonly retryAfterSeconds: number }
  | TokenRefusal;

/**
 * A refusal. `connection` is the one that the client id names, if it exists. `check` failed, `reason` says
 * how.
 */
export interface TokenRefusal {
  readonly kind: 'refused';
  readonly client?: TokenClient;
  readonly connection?: ConnectionRecord;
  readonly check: string;
  readonly reason: string;
}

export interface TokenIssuerDependencies {
  readonly connections: Pick<ConnectionStore, 'get'>;
  readonly credentials: Pick<CredentialStore, 'get' | 'getAll' | 'rehash'>;
  readonly counter: Pick<TokenCounter, 'count'>;
  /**
   * Called if the counter is unavailable, or if a new hash cannot be stored. The token is issued, because the
   * client has proved who it is.
   */
  readonly onFailed: (error: unknown) => void;
  readonly assertions: Pick<AssertionVerifier, 'verify'>;
  readonly peppers: () => Promise<CurrentSecret>;
  /** The secrets from which access tokens are derived. */
  readonly accessTokens: () => Promise<CurrentSecret>;
  readonly accessTokenMinutes: number;
}

/**
 * The hash to compare with if the credential does not exist, so that an unknown client takes as long as a
 * known one.
 */
const NO_HASH = 'A'.repeat(43);

/**
 * An eventually consistent read finds a credential that is older than this. It takes less than a second in
 * practice.
 */
const NEW_CREDENTIAL_MS = 60_000;

/**
 * Issues access tokens (RFC 6749 §4.4). A request with an unknown client costs no more reads than one with a
 * known client, and no write. A token needs no read of the domain, because the authorizer reads it.
 */
export class TokenIssuer {
  constructor(private readonly dependencies: TokenIssuerDependencies) {}

  async issue(proof: ClientProof, now: Date): Promise<TokenDecision> {
    const claimed =
      proof.clientId ?? (proof.kind === 'assertion' ? claimedClientId(proof.assertion) : undefined);
    const client = parseClientId(claimed ?? '');
    if (!client)
      return {
        kind: 'refused',
        check: 'client',
        reason: 'The request names no client id of this service. Copy the client id of the connection.',
      };
    return proof.kind === 'secret'
      ? this.issueForSecret(client, proof.secret, now)
      : this.issueForAssertion(client, proof.assertion, now);
  }

  private async issueForSecret(client: ClientId, text: string, now: Date): Promise<TokenDecision> {
    const secret = parseClientSecret(text);
    if (!secret)
      return this.refuse(
        client,
        'secret',
        'The text is not a client secret, or it is mistyped. Copy it again.',
      );
    const { credentials, peppers: readPeppers } = this.dependencies;
    const isOld = timeOfId(secret.keyId).getTime() < now.getTime() - NEW_CREDENTIAL_MS;
    const [credential, peppers] = await Promise.all([
      credentials.get(client.domainId, secret.keyId, { eventuallyConsistent: isOld }),
      readPeppers(),
    ]);
    const isSecret = credential?.type === 'client-secret' && credential.connectionId === client.connectionId;
    const pepper = isSecret ? pepperOf(credential, peppers) : undefined;
    const hash = (pepper && credential?.hash) ?? NO_HASH;
    const matches = matchClientSecret(client, secret, hash, (pepper ?? peppers.issuing).text);
    if (!isSecret || !matches)
      return this.refuse(
        client,
        'secret',
        'The client has no such secret. Add a client secret to the connection.',
      );
    const known = { ...client, credentialId: credential.keyId };
    if (credential.revokedAt !== undefined)
      return this.refuse(known, 'revocation', 'The client secret was revoked. Use another one.');
    if (isFormer(credential, peppers)) await this.rehash(client, secret, peppers);
    return this.issueFor(known, credential, now);
  }

  /** Replaces the hash of a client secret with one of the latest pepper, once. */
  private async rehash(client: ClientId, secret: ClientSecret, peppers: CurrentSecret): Promise<void> {
    const { credentials, onFailed } = this.dependencies;
    const newHash = withPepper(peppers, (text) => hashClientSecret(client, secret, text));
    await credentials.rehash(client.domainId, secret.keyId, newHash).catch(onFailed);
  }

  private async issueForAssertion(client: ClientId, assertion: string, now: Date): Promise<TokenDecision> {
    const { domainId, connectionId } = client;
    const { connections, credentials, assertions } = this.dependencies;
    const connection = await connections.get(domainId, connectionId);
    // An unknown client costs the same reads.
    const trustIds = connection?.trustIds.length ? connection.trustIds : [connectionId];
    const found = await credentials.getAll(domainId, trustIds);
    const valid = found.filter(
      (credential) =>
        credential.connectionId === connectionId &&
        credential.revokedAt === undefined &&
        !hasExpired(credential, now),
    );
    const trusts = valid.flatMap(({ keyId, trust }) =>
      trust ? [{ domainId, connectionId, keyId, trust }] : [],
    );
    if (trusts.length === 0)
      return this.refuse(
        client,
        'trust',
        'The connection has no valid trust. Add a trust to the connection.',
        connection,
      );
    const result = await assertions.verify(assertion, trusts, { use: true, now });
    const credential = valid.find(({ keyId }) => keyId === result.keyId);
    const known = { ...client, credentialId: result.keyId };
    const failed = failedCheck(result);
    if (!result.accepted || !credential)
      return this.refuse(
        known,
        failed?.name ?? 'trust',
        failed?.detail ?? 'The assertion was refused.',
        connection,
      );
    return this.issueFor(known, credential, now);
  }

  private async issueFor(client: TokenClient, credential: Credential, now: Date): Promise<TokenDecision> {
    const { counter, onFailed, accessTokens, accessTokenMinutes } = this.dependencies;
    const { domainId, connectionId } = client;
    const { keyId, expireTime } = credential;
    const seconds = Math.floor(now.getTime() / 1000);
    const end = expireTime === undefined ? Infinity : Math.floor(Date.parse(expireTime) / 1000);
    const expiresAt = Math.min(seconds + 60 * accessTokenMinutes, end);
    if (expiresAt <= seconds)
      return this.refuse(
        client,
        'expiry',
        'The client secret has expired. Add another one to the connection.',
      );
    const { allowed, retryAfterSeconds } = await counter
      .count(domainId, connectionId, now)
      .catch((error: unknown) => {
        onFailed(error);
        return { allowed: true, retryAfterSeconds: 0 };
      });
    if (!allowed) return { kind: 'limited', client, retryAfterSeconds };
    const accessToken = formatAccessToken({ domainId, keyId, expiresAt }, await accessTokens());
    return { kind: 'issued', client, accessToken, expiresIn: expiresAt - seconds };
  }

  /**
   * Returns the refusal of a request that was refused before its credential was checked, or after it.
   * `clientId` is the client id that it names.
   */
  async refusalOf(clientId: string, check: string, reason: string): Promise<TokenRefusal> {
    const client = parseClientId(clientId);
    return client ? this.refuse(client, check, reason) : { kind: 'refused', check, reason };
  }

  /** Finds out whose client was refused, so that the administrators of the domain learn of it. */
  private async refuse(
    client: TokenClient,
    check: string,
    reason: string,
    known?: ConnectionRecord,
  ): Promise<TokenRefusal> {
    const { domainId, connectionId } = client;
    const connection =
      known ??
      (await this.dependencies.connections.get(domainId, connectionId, { eventuallyConsistent: true }));
    return { kind: 'refused', client, ...(connection && { connection }), check, reason };
  }
}

const hasExpired = ({ expireTime }: Credential, now: Date): boolean =>
  expireTime !== undefined && Date.parse(expireTime) <= now.getTime();
