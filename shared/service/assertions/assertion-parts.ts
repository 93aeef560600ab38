import { decodeUtf8 } from '../../scim/text/utf8';

/** Assertions of Entra ID have about 2,000 characters. */
export const MAX_ASSERTION_LENGTH = 16_384;

/** The parts of a JWT in compact form. Nothing is verified yet. */
export interface AssertionParts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The header and the claims as they are signed. */
  readonly signedText: string;
}

const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** Returns the parts of an assertion; undefined if the text is not a JWT. The signature may be absent. */
export function parseAssertion(text: string): AssertionParts | undefined {
  if (text.length > MAX_ASSERTION_LENGTH) return undefined;
  const [first, second, signature, ...others] = text.split('.');
  if (first === undefined || second === undefined || signature === undefined || others.length > 0)
    return undefined;
  if (signature !== '' && !BASE64URL.test(signature)) return undefined;
  const header = parsePart(first);
  const claims = parsePart(second);
  return header && claims && { header, claims, signedText: `${first}.${second}` };
}

function parsePart(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!BASE64URL.test(text)) return undefined;
  const json = decodeUtf8(Buffer.from(text, 'base64url'));
  if (json === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
