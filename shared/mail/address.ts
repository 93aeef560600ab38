import { domainToASCII } from 'node:url';

/** One plain address: no name, no list, no quoting, nothing that could begin another header or another recipient. */
const ADDRESS = /^[^\s\p{C}@,;:<>()[\]\\"]+@[^\s\p{C}@,;:<>()[\]\\"]+$/u;
const MAX_ADDRESS_LENGTH = 254;
const MAX_ENCODED_BYTES = 45;

/** An address as SES takes it, its domain in ASCII (punycode); undefined if no mail can go to it. */
export function deliverableAddress(address: string): string | undefined {
  const text = address.trim();
  if (!ADDRESS.test(text)) return undefined;
  const [local, domain] = text.split('@') as [string, string];
  const asciiDomain = domainToASCII(domain);
  const deliverable = `${local}@${asciiDomain}`;
  return asciiDomain !== '' && deliverable.length <= MAX_ADDRESS_LENGTH ? deliverable : undefined;
}

/** `"Name" <address>` for a header: the name quoted (RFC 5322 §3.2.4), or encoded where it is not ASCII (RFC 2047). */
export function namedAddress(name: string, address: string): string {
  const line = name.replace(/\p{Cc}+/gu, ' ').trim();
  const printed = /^[\x20-\x7e]*$/.test(line) ? `"${line.replace(/["\\]/g, '\\$&')}"` : encodedWords(line);
  return `${printed} <${address}>`;
}

/** RFC 2047 §2: an encoded word has at most 75 characters, and holds whole characters only. */
function encodedWords(text: string): string {
  const chunks: string[] = [''];
  for (const character of text) {
    const chunk = chunks[chunks.length - 1] + character;
    if (Buffer.byteLength(chunk) <= MAX_ENCODED_BYTES) chunks[chunks.length - 1] = chunk;
    else chunks.push(character);
  }
  return chunks.map((chunk) => `=?UTF-8?B?${Buffer.from(chunk).toString('base64')}?=`).join(' ');
}

/** A text without what stands before the `@` of the addresses in it: for logs. */
export const withoutLocalParts = (text: string): string =>
  text.replace(/("[^"]*"|[^\s@<>"(),:;]+)@/g, '***@');
