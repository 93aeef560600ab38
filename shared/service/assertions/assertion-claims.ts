import { truncate } from '../../scim/text';
import type { Trust } from '../../store/credentials/credential';
import type { AssertionCheck } from './assertion';
import type { AssertionParts } from './assertion-parts';
import { ALGORITHMS } from './jwk';

/** The tolerated difference between the clocks of the issuer and the service. */
export const CLOCK_SKEW_SECONDS = 60;

/**
 * The longest lifetime that an administrator of Entra ID can give to its tokens. The usual ones live 60 to 90
 * minutes.
 */
const MAX_LIFETIME_SECONDS = 86_400;

const MAX_TOKEN_ID_LENGTH = 1_024;

/** Headers that name a key or a rule which this service does not use. Nothing may depend on them. */
const REFUSED_HEADERS = ['jku', 'x5u', 'jwk', 'crit', 'b64', 'zip'];

/**
 * The types of JWTs that prove a client. Others, such as a logout token, are made for another purpose (RFC
 * 8725 §3.11).
 */
const TYPES = ['jwt', 'client-authentication+jwt', 'at+jwt'];

/** The result of a check, without its name. */
export type CheckOutcome = Omit<AssertionCheck, 'name'>;

export const passed = (detail: string): CheckOutcome => ({ result: 'passed', detail });
export const failed = (detail: string): CheckOutcome => ({ result: 'failed', detail });

/** The checks of an assertion that need nothing but a trust and the time, in their order. */
export const CLAIM_CHECKS = [
  'algorithm',
  'header',
  'issuer',
  'subject',
  'audience',
  'tenant',
  'expiry',
  'not-before',
  'issued-at',
  'token-id',
] as const;
export type ClaimCheckName = (typeof CLAIM_CHECKS)[number];

/** Makes one of these checks. `now` is in seconds since the epoch. */
export function checkClaim(
  name: ClaimCheckName,
  parts: AssertionParts,
  trust: Trust,
  now: number,
): CheckOutcome {
  const { header, claims } = parts;
  switch (name) {
    case 'algorithm':
      return checkAlgorithm(header.alg);
    case 'header':
      return checkHeader(header);
    case 'issuer':
      return checkEqual('issuer', 'iss', claims.iss, trust.issuer);
    case 'subject':
      return checkEqual('subject', 'sub', claims.sub, trust.subject);
    case 'audience':
      return checkAudience(claims.aud, trust.audiences);
    case 'tenant':
      return trust.tenant === undefined
        ? passed('The trust accepts any tenant.')
        : checkEqual('tenant', 'tid', claims.tid, trust.tenant);
    case 'expiry':
      return checkExpiry(claims, now);
    case 'not-before':
      return checkBegin('nbf', 'not valid yet', claims.nbf, now);
    case 'issued-at':
      return checkBegin('iat', 'issued in the future', claims.iat, now);
    case 'token-id':
      return checkTokenId(claims.jti);
  }
}

function checkAlgorithm(alg: unknown): CheckOutcome {
  if (ALGORITHMS.some((each) => each === alg)) return passed(`The algorithm is ${quote(alg)}.`);
  return failed(
    `The algorithm is ${quote(alg)}. Accepted are ${ALGORITHMS.join(' and ')}. Sign assertions with one of them.`,
  );
}

function checkHeader(header: AssertionParts['header']): CheckOutcome {
  const refused = REFUSED_HEADERS.find((name) => Object.hasOwn(header, name));
  if (refused !== undefined)
    return failed(
      `The header has "${refused}", which is not accepted. Remove it: keys come only from the JWKS URL of the trust.`,
    );
  const { typ, kid } = header;
  const isKnownType =
    typ === undefined ||
    (typeof typ === 'string' && TYPES.includes(typ.toLowerCase().replace(/^application\//, '')));
  if (!isKnownType) return failed(`The type is ${quote(typ)}. Send a JWT of the type "JWT".`);
  if (typeof kid !== 'string' || kid === '')
    return failed('The header has no "kid". Name the key in it that signed the assertion.');
  return passed(`The key is ${quote(kid)}.`);
}

function checkEqual(what: string, claim: string, actual: unknown, expected: string): CheckOutcome {
  if (actual === expected) return passed(`The ${what} is ${quote(actual)}.`);
  return failed(
    `The ${what} ("${claim}") is ${quote(actual)}, but the trust accepts ${quote(expected)}. ` +
      `Correct the trust, or the settings of your identity provider.`,
  );
}

/** Entra ID shows this suffix of a scope with the audience, but does not send it. */
const SCOPE_SUFFIX = '/.default';

function checkAudience(aud: unknown, accepted: readonly string[]): CheckOutcome {
  const values: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const isAccepted = (value: unknown) => accepted.some((each) => each === value);
  if (values.length > 0 && values.every(isAccepted)) return passed(`The audience is ${quote(aud)}.`);
  const isWithSuffix = values.some((value) => accepted.includes(`${String(value)}${SCOPE_SUFFIX}`));
  const advice = isWithSuffix
    ? `Add it to the trust without "${SCOPE_SUFFIX}", which names a scope.`
    : 'Add it to the trust if it is the one that your identity provider shows.';
  const list = accepted.map(quote).join(', ');
  return failed(`The audience ("aud") is ${quote(aud)}, but the trust accepts ${list}. ${advice}`);
}

function checkExpiry({ exp, iat }: AssertionParts['claims'], now: number): CheckOutcome {
  if (!isTime(exp)) return failed('The assertion has no "exp". Give it a time in seconds after 1970.');
  if (exp + CLOCK_SKEW_SECONDS <= now)
    return failed(`The assertion has expired at ${timeText(exp)}. Send a new one, and check the clocks.`);
  const begin = isTime(iat) ? Math.min(iat, now) : now;
  if (exp - begin > MAX_LIFETIME_SECONDS + CLOCK_SKEW_SECONDS)
    return failed('The assertion is valid for more than 24 hours. Let assertions expire sooner.');
  return passed(`The assertion expires at ${timeText(exp)}.`);
}

/** Checks a time that an assertion need not have, but must have passed. */
function checkBegin(claim: string, problem: string, value: unknown, now: number): CheckOutcome {
  if (value === undefined) return passed(`The assertion has no "${claim}".`);
  if (!isTime(value)) return failed(`"${claim}" is not a time in seconds after 1970. Correct the assertion.`);
  if (value - CLOCK_SKEW_SECONDS <= now) return passed(`"${claim}" is ${timeText(value)}.`);
  return failed(
    `The assertion is ${problem}: "${claim}" is ${timeText(value)}. Check the clock of its issuer.`,
  );
}

function checkTokenId(jti: unknown): CheckOutcome {
  if (jti === undefined) return passed('The assertion has no "jti".');
  if (typeof jti === 'string' && jti !== '' && jti.length <= MAX_TOKEN_ID_LENGTH)
    return passed('The assertion has a "jti".');
  return failed(`"jti" is not a text of 1 to ${MAX_TOKEN_ID_LENGTH} characters. Correct the assertion.`);
}

/** The time with the largest year of four digits. Larger numbers are milliseconds or nonsense. */
const MAX_TIME = 253_402_300_799;

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= MAX_TIME;

const timeText = (seconds: number): string => new Date(seconds * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');

const MAX_QUOTED = 200;

/** Returns a value of an assertion for a message. The escapes of JSON keep it on one line. */
export function quote(value: unknown): string {
  if (value === undefined) return 'absent';
  return truncate(JSON.stringify(value), MAX_QUOTED);
}
