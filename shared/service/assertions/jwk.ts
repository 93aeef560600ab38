import { decodeUtf8 } from '../../scim/text/utf8';
import { JwksProblem } from './jwks-url';

/** The accepted algorithms of signatures, with the key that each one needs. */
export const ALGORITHMS = ['RS256', 'ES256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** The public members of a key. Others, such as certificates, are never used. */
export interface PublicJwk {
  readonly kid: string;
  readonly kty: string;
  readonly use?: string;
  readonly alg?: string;
  readonly keyOps?: readonly unknown[];
  readonly n?: string;
  readonly e?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
}

const MAX_KEYS = 50;
const MIN_RSA_BITS = 2_048;
const MAX_RSA_BITS = 8_192;
/** Every issuer uses 65537. A larger exponent only makes the verification slow. */
const MAX_EXPONENT_BYTES = 4;

/** Reads a JWKS document (RFC 7517 §5). Skips keys without a `kid`. Throws a `JwksProblem`. */
export function readJwks(body: Uint8Array): PublicJwk[] {
  const keys = keysOf(body);
  if (keys === undefined)
    throw new JwksProblem('The JWKS URL does not return a JSON object with a list of keys. Check the URL.');
  if (keys.length > MAX_KEYS)
    throw new JwksProblem(`The JWKS URL returns more than ${MAX_KEYS} keys. Check the URL.`);
  return keys.map(readJwk).filter((key) => key !== undefined);
}

function keysOf(body: Uint8Array): unknown[] | undefined {
  try {
    const { keys } = JSON.parse(decodeUtf8(body) ?? '') as { keys?: unknown };
    return Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}

function readJwk(value: unknown): PublicJwk | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const member = (name: string): string | undefined => {
    const text = (value as Record<string, unknown>)[name];
    return typeof text === 'string' ? text : undefined;
  };
  const kid = member('kid');
  const kty = member('kty');
  if (kid === undefined || kty === undefined) return undefined;
  const { key_ops: keyOps } = value as { key_ops?: unknown };
  const [use, alg, n, e, crv, x, y] = ['use', 'alg', 'n', 'e', 'crv', 'x', 'y'].map(member);
  return {
    kid,
    kty,
    use,
    alg,
    n,
    e,
    crv,
    x,
    y,
    ...(Array.isArray(keyOps) && { keyOps: keyOps as unknown[] }),
  };
}

/** Returns why a key cannot verify signatures of this algorithm; undefined if it can. */
export function unsuitability(key: PublicJwk, algorithm: Algorithm): string | undefined {
  if (key.use !== undefined && key.use !== 'sig') return `its use is ${JSON.stringify(key.use)}, not "sig"`;
  if (key.keyOps && !key.keyOps.includes('verify')) return 'its key_ops do not include "verify"';
  if (key.alg !== undefined && key.alg !== algorithm)
    return `its alg is ${JSON.stringify(key.alg)}, not "${algorithm}"`;
  return algorithm === 'RS256' ? problemOfRsa(key) : problemOfEc(key);
}

function problemOfRsa({ kty, n, e }: PublicJwk): string | undefined {
  if (kty !== 'RSA' || !n || !e) return 'it is not an RSA key';
  const bits = bytesOf(n).length * 8;
  if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS)
    return `it does not have ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits`;
  return bytesOf(e).length > MAX_EXPONENT_BYTES ? 'its exponent is too large' : undefined;
}

const problemOfEc = ({ kty, crv, x, y }: PublicJwk): string | undefined =>
  kty === 'EC' && crv === 'P-256' && x && y ? undefined : 'it is not an EC key on the curve P-256';

/** Returns an unsigned number without leading zeros. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  const start = bytes.findIndex((byte) => byte !== 0);
  return bytes.subarray(start === -1 ? bytes.length : start);
}
