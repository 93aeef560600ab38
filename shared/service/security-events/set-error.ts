import { toWellFormed } from '../../scim/text';

/** The reason why a receiver does not accept a SET (RFC 8935 §2.4). */
export interface SetError {
  readonly err: string;
  readonly description?: string;
}

const MAX_CODE_LENGTH = 50;
const MAX_DESCRIPTION_LENGTH = 300;

/**
 * The codes that are about the stream, such as a key that the receiver does not know yet. Other SETs would be
 * refused, too, and this one can be accepted after the configuration has changed.
 */
const ABOUT_THE_STREAM: ReadonlySet<string> = new Set([
  'invalid_key',
  'invalid_issuer',
  'invalid_audience',
  'authentication_failed',
  'access_denied',
]);

/** Returns whether a receiver refuses the stream, and not only one SET. */
export const refusesStream = ({ err }: SetError): boolean => ABOUT_THE_STREAM.has(err);

/** Reads the body of a refusal; undefined if it has no code. */
export function parseSetError(body: Buffer): SetError | undefined {
  try {
    const { err, description } = (JSON.parse(body.toString()) ?? {}) as Partial<Record<string, unknown>>;
    if (typeof err !== 'string') return undefined;
    return { err, ...(typeof description === 'string' && { description }) };
  } catch {
    return undefined;
  }
}

/**
 * Returns the reason as administrators see it. A receiver may send anything, so it is cut, and has no control
 * characters.
 */
export function refusalReason({ err, description }: SetError = { err: 'unknown' }): string {
  const code = readable(err, MAX_CODE_LENGTH);
  const text = description === undefined ? '' : `: ${readable(description, MAX_DESCRIPTION_LENGTH)}`;
  return `The receiver refused the token (${code})${text}`;
}

const readable = (text: string, length: number): string =>
  toWellFormed(text.replace(/[\p{C}\s]+/gu, ' ').trim(), length);
