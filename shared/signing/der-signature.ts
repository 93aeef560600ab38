const SEQUENCE = 0x30;
const INTEGER = 0x02;
/** The length of each of the two numbers of a signature on P-256, in bytes. */
const NUMBER_BYTES = 32;

/**
 * Converts an ECDSA signature on P-256 from DER, which KMS returns, to the two numbers r and s one after the
 * other, which JWS requires (RFC 7518 §3.4). Throws if it is not such a signature.
 */
export function toJwsSignature(der: Uint8Array): Buffer {
  const bytes = Buffer.from(der);
  const [sequence, afterSequence] = readValue(bytes, 0, SEQUENCE);
  const [r, afterR] = readValue(sequence, 0, INTEGER);
  const [s, afterS] = readValue(sequence, afterR, INTEGER);
  if (afterSequence !== bytes.length || afterS !== sequence.length) throw malformed();
  return Buffer.concat([toFixedLength(r), toFixedLength(s)]);
}

/**
 * Returns the content of the value at an offset, and the offset after it. A signature has no lengths above
 * 127.
 */
function readValue(bytes: Buffer, offset: number, type: number): [content: Buffer, end: number] {
  const length = bytes[offset + 1] ?? 0;
  const end = offset + 2 + length;
  if (bytes[offset] !== type || length === 0 || length > 127 || end > bytes.length) throw malformed();
  return [bytes.subarray(offset + 2, end), end];
}

/** A number in DER has a leading zero if its first bit is 1, and no other leading zeros. */
function toFixedLength(number: Buffer): Buffer {
  const digits = number[0] === 0 ? number.subarray(1) : number;
  if (digits.length > NUMBER_BYTES) throw malformed();
  return Buffer.concat([Buffer.alloc(NUMBER_BYTES - digits.length), digits]);
}

const malformed = () => new Error('KMS returned a signature that is not one on the curve P-256.');
