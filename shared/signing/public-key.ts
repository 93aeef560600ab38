import { createHash, createPublicKey } from 'node:crypto';

/** A public key on P-256 as an entry of a JWKS (RFC 7517), with the ID that signatures name. */
export interface PublicKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
}

/**
 * Reads a public key from DER (SubjectPublicKeyInfo). Its ID is its thumbprint (RFC 7638), so it never
 * changes.
 */
export function readPublicKey(der: Uint8Array): PublicKey {
  const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  const { kty, crv, x, y } = key.export({ format: 'jwk' });
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined)
    throw new Error('A signing key is not a key on the curve P-256.');
  // RFC 7638 §3: the required members in the order of their names, without white space.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' };
}
