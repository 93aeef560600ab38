import { domainToASCII } from 'node:url';

/** A plain address: no name, list, or quoting, and nothing that could start another header or recipient. */
const ADDRESS = /^[^\s\p{C}@,;:<>()[\]\\"]+@[^\s\p{C}@,;:<>()[\]\\"]+$/u;
/**
 * A dot at an edge or beside another one, which no dot-atom and no domain may have (RFC 5321 §4.1.2). SES
 * refuses both.
 */
const MISPLACED_DOT = /^\.|\.\.|\.$/;
const MAX_ADDRESS_LENGTH = 254;
const MAX_ENCODED_BYTES = 45;

/** Returns the reason why no email can be sent to an address, as advice for an administrator. */
export const undeliverableReason = (address: string): string =>
  hasForeignLocalPart(address)
    ? 'Emails can be sent only to an address whose part before the @ is ASCII. Use another address.'
    : 'The email address is invalid. Correct the address of the user.';

/** Returns whether SES refuses the part of an address before the `@`. SES does not encode it. */
const hasForeignLocalPart = (address: string): boolean => /[^\x20-\x7e]/.test(address.split('@')[0] ?? '');

/**
 * Returns an address in the form that SES accepts, with its domain in punycode, or undefined if it is
 * invalid.
 */
export function deliverableAddress(address: string): string | undefined {
  const text = address.trim();
  // The domain in punycode lacks invisible characters, of which there may be many.
  if (text.length > MAX_ADDRESS_LENGTH || !ADDRESS.test(text) || hasForeignLocalPart(text)) return undefined;
  const [local, domain] = text.split('@') as [string, string];
  const asciiDomain = domainToASCII(domain);
  if (asciiDomain === '' || [local, asciiDomain].some((part) => MISPLACED_DOT.test(part))) return undefined;
  const deliverable = `${local}@${asciiDomain}`;
  return deliverable.length <= MAX_ADDRESS_LENGTH ? deliverable : undefined;
}

/**
 * Returns `"Name" <address>` for a header. The name is quoted (RFC 5322 §3.2.4), or encoded if it is not
 * ASCII (RFC 2047).
 */
export function namedAddress(name: string, address: string): string {
  const line = name.replace(/\p{Cc}+/gu, ' ').trim();
  const displayName = /^[\x20-\x7e]*$/.test(line)
    ? `"${line.replace(/["\\]/g, '\\$&')}"`
    : encodedWords(line);
  return `${displayName} <${address}>`;
}

/**
 * Splits a text into encoded words. Each has at most 75 characters and contains only whole characters (RFC
 * 2047 §2).
 */
function encodedWords(text: string): string {
  const chunks: string[] = [''];
  for (const character of text) {
    const chunk = chunks[chunks.length - 1] + character;
    if (Buffer.byteLength(chunk) <= MAX_ENCODED_BYTES) chunks[chunks.length - 1] = chunk;
    else chunks.push(character);
  }
  return chunks.map((chunk) => `=?UTF-8?B?${Buffer.from(chunk).toString('base64')}?=`).join(' ');
}
