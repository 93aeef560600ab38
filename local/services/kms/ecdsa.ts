import { createECDH, type KeyObject, randomBytes } from 'node:crypto';

/** The order of the group of the curve P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * Signs a digest of 32 bytes with a key on P-256, and returns the signature in DER, as KMS does. The
 * functions of Node hash what they sign, and so cannot sign a digest.
 */
export function signDigest(privateKey: KeyObject, digest: Uint8Array): Buffer {
  const { d = '' } = privateKey.export({ format: 'jwk' });
  const secret = toNumber(Buffer.from(d, 'base64url'));
  for (;;) {
    const nonce = randomNonce();
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(toBytes(nonce));
    // The public key is 04, x, y. Its x is the first half of the signature.
    const r = toNumber(curve.getPublicKey().subarray(1, 33)) % ORDER;
    const s = (inverse(nonce) * ((toNumber(digest) + r * secret) % ORDER)) % ORDER;
    if (r !== 0n && s !== 0n) return derSequence(derInteger(r), derInteger(s));
  }
}

function randomNonce(): bigint {
  for (;;) {
    const nonce = toNumber(randomBytes(32));
    if (nonce !== 0n && nonce < ORDER) return nonce;
  }
}

/** Returns the inverse modulo the order, by Fermat: a^(n-2), because the order is prime. */
function inverse(value: bigint): bigint {
  let [result, base] = [1n, value % ORDER];
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % ORDER;
    base = (base * base) % ORDER;
  }
  return result;
}

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const toBytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

/** Encodes a number in as few bytes as possible. A first bit of 1 would make it negative. */
function derInteger(value: bigint): Buffer {
  const bytes = toBytes(value);
  const shortest = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  const positive = (shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), shortest]) : shortest;
  return Buffer.concat([Buffer.of(0x02, positive.length), positive]);
}

const derSequence = (...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
};
