import { createHash } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import type { AssertionUses } from '../../store/credentials/assertion-uses';
import type { AssertionCheck, AssertionResult, AssertionVerifier, TrustCredential } from './assertion';
import {
  CLAIM_CHECKS,
  checkClaim,
  CLOCK_SKEW_SECONDS,
  failed,
  type CheckOutcome,
  passed,
  quote,
} from './assertion-claims';
import { type AssertionParts, MAX_ASSERTION_LENGTH, parseAssertion } from './assertion-parts';
import { type Algorithm, type PublicJwk, unsuitability } from './jwk';
import type { JwksCache } from './jwks-cache';
import { JwksProblem, jwksSource } from './jwks-url';

/** The names of all checks, in their order. */
export const ASSERTION_CHECKS = ['trust', 'format', ...CLAIM_CHECKS, 'key', 'signature', 'replay'] as const;
type CheckName = (typeof ASSERTION_CHECKS)[number];

/** The checks without which a later check has no meaning. All others are independent of each other. */
const PREREQUISITES: Partial<Record<CheckName, readonly CheckName[]>> = {
  key: ['algorithm', 'header'],
  signature: ['key'],
  replay: ['expiry', 'token-id', 'signature'],
};

export interface VerificationParts {
  readonly keys: Pick<JwksCache, 'keys'>;
  readonly uses: Pick<AssertionUses, 'add' | 'isNew'>;
  /** The origins of the setting `jwksOrigins`. */
  readonly origins: readonly string[];
}

interface VerificationOptions {
  readonly use: boolean;
  readonly now: Date;
}

/** Verifies client assertions with the keys of their issuers. */
export class JwtAssertionVerifier implements AssertionVerifier {
  constructor(private readonly parts: VerificationParts) {}

  async verify(
    assertion: string,
    trusts: readonly TrustCredential[],
    options: VerificationOptions,
  ): Promise<AssertionResult> {
    const parsed = parseAssertion(assertion);
    const now = options.now.getTime() / 1_000;
    let best: AssertionResult | undefined;
    for (const credential of parsed ? byFit(parsed, trusts, now) : trusts) {
      const attempt = new Attempt(assertion, parsed, credential, this.parts, options);
      const result = await attempt.run();
      if (result.accepted || isReplay(result)) return result;
      best ??= result;
    }
    return best ?? refusedWithoutTrust();
  }
}

/**
 * Returns whether a trust accepts an assertion that was used before. No other trust of the connection may
 * accept it then.
 */
const isReplay = ({ checks }: AssertionResult): boolean =>
  checks.every(({ name, result }) => (name === 'replay' ? result === 'failed' : result === 'passed'));

/** Returns the trusts that fit an assertion best first: by issuer, subject, audience, and tenant. */
function byFit(parts: AssertionParts, trusts: readonly TrustCredential[], now: number): TrustCredential[] {
  const claims = ['issuer', 'subject', 'audience', 'tenant'] as const;
  const fit = ({ trust }: TrustCredential): number =>
    claims.filter((name) => checkClaim(name, parts, trust, now).result === 'passed').length;
  return trusts
    .map((credential) => ({ credential, fit: fit(credential) }))
    .sort((a, b) => b.fit - a.fit)
    .map(({ credential }) => credential);
}

const refusedWithoutTrust = (): AssertionResult => ({
  accepted: false,
  checks: ASSERTION_CHECKS.map((name) => ({
    name,
    ...(name === 'trust'
      ? failed('The connection has no trust, or all of them are revoked or expired. Add a trust.')
      : NOT_CHECKED),
  })),
});

const NOT_CHECKED: CheckOutcome = {
  result: 'not-checked',
  detail: 'This was not checked, because another check failed.',
};

/** The verification of one assertion for one trust. */
class Attempt {
  private readonly results = new Map<CheckName, CheckOutcome>();
  private key: PublicJwk | undefined;

  constructor(
    private readonly assertion: string,
    private readonly parsed: AssertionParts | undefined,
    private readonly credential: TrustCredential,
    private readonly parts: VerificationParts,
    private readonly options: VerificationOptions,
  ) {}

  async run(): Promise<AssertionResult> {
    for (const name of ASSERTION_CHECKS) {
      const outcome = this.mayCheck(name) ? await this.check(name) : NOT_CHECKED;
      this.results.set(name, outcome);
    }
    const checks: AssertionCheck[] = [...this.results].map(([name, outcome]) => ({ name, ...outcome }));
    return {
      accepted: checks.every(({ result }) => result === 'passed'),
      checks,
      keyId: this.credential.keyId,
    };
  }

  /**
   * A use ends at the first failure, so that no keys are fetched for an assertion that cannot be accepted.
   */
  private mayCheck(name: CheckName): boolean {
    if (name !== 'trust' && name !== 'format' && !this.parsed) return false;
    const mustPass = this.options.use ? [...this.results.keys()] : (PREREQUISITES[name] ?? []);
    return mustPass.every((each) => this.results.get(each)?.result === 'passed');
  }

  private async check(name: CheckName): Promise<CheckOutcome> {
    switch (name) {
      case 'trust':
        return passed('The connection has a trust.');
      case 'format':
        return this.parsed ? passed('The assertion is a JWT.') : failed(NOT_A_JWT);
      case 'key':
        return this.findKey();
      case 'signature':
        return this.checkSignature();
      case 'replay':
        return this.checkReplay();
      default:
        return checkClaim(name, this.part(), this.credential.trust, this.options.now.getTime() / 1_000);
    }
  }

  private async findKey(): Promise<CheckOutcome> {
    const { jwksUrl } = this.credential.trust;
    const { alg, kid } = this.part().header as { alg: Algorithm; kid: string };
    try {
      const keys = await this.parts.keys.keys(jwksUrl, kid, this.options.now.getTime());
      const [key, ...others] = keys.filter((each) => each.kid === kid);
      if (!key)
        return failed(
          `The JWKS URL of the trust has no key ${quote(kid)}. Check the URL. After a change of the keys, try again in a minute.`,
        );
      if (others.length > 0)
        return failed(
          `The JWKS URL of the trust has several keys ${quote(kid)}. Give each key its own "kid".`,
        );
      const problem = unsuitability(key, alg);
      if (problem !== undefined)
        return failed(`The key ${quote(kid)} cannot verify ${alg}, because ${problem}. Use another key.`);
      this.key = key;
      return passed(`The JWKS URL of the trust has the key ${quote(kid)}.`);
    } catch (error) {
      if (error instanceof JwksProblem) return failed(error.message);
      throw error;
    }
  }

  private async checkSignature(): Promise<CheckOutcome> {
    const { alg } = this.part().header as { alg: Algorithm };
    try {
      const { kty, n, e, crv, x, y } = this.key ?? {};
      const key = await importJWK(alg === 'RS256' ? { kty, n, e } : { kty, crv, x, y }, alg);
      await compactVerify(this.assertion, key, { algorithms: [alg] });
      return passed('The signature is valid.');
    } catch {
      return failed(
        'The signature does not match the key. The assertion was changed, or another key signed it. Send it unchanged.',
      );
    }
  }

  private async checkReplay(): Promise<CheckOutcome> {
    const id = this.useId();
    if (id === undefined)
      return passed('The assertion has no "jti". Entra ID may send it again until it expires.');
    const { domainId, connectionId } = this.credential;
    const { exp } = this.part().claims as { exp: number };
    const use = { id, expiresAt: Math.ceil(exp) + CLOCK_SKEW_SECONDS };
    const isNew = this.options.use
      ? await this.parts.uses.add(domainId, connectionId, use, this.options.now)
      : await this.parts.uses.isNew(domainId, connectionId, use, this.options.now);
    return isNew
      ? passed('The assertion was not used before.')
      : failed('The assertion was used before. Send a new one, with another "jti", for each token.');
  }

  /**
   * Returns a hash by which a use of the assertion is recognized: of its issuer and its `jti`, which is
   * unique for the issuer (RFC 7519 §4.1.7), or of all that is signed if it has none. It is the same for each
   * trust of a connection. Assertions of Entra ID have no `jti`, and its client keeps them until they expire.
   * They can be used again.
   */
  private useId(): string | undefined {
    const { claims, signedText } = this.part();
    if (typeof claims.jti === 'string') return sha256(`jti:${JSON.stringify([claims.iss, claims.jti])}`);
    const { isMicrosoft } = jwksSource(this.credential.trust.jwksUrl, this.parts.origins);
    return isMicrosoft ? undefined : sha256(`assertion:${signedText}`);
  }

  /** `mayCheck` makes sure that the assertion is a JWT. */
  private part(): AssertionParts {
    if (!this.parsed) throw new Error('The assertion is not a JWT.');
    return this.parsed;
  }
}

const NOT_A_JWT =
  `The assertion is not a JWT: three parts in base64url with dots between them, and at most ${MAX_ASSERTION_LENGTH} ` +
  'characters. Copy the whole assertion.';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
