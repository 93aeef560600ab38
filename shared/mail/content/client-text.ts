import { foldOperand } from '../../scim/text/fold';

/*
 * Names in an email come from a client. Somebody who holds a SCIM key could otherwise write a message with a
 * link into them, and have it sent from the vendor's address. An email leaves out a name that could be one.
 */

const MAX_NAME_LENGTH = 64;

/**
 * Line breaks, other control characters, halves of surrogate pairs, and characters that change the text
 * direction.
 */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Bidi_Control}]/u;

/** Characters that programs and readers take for a dot, a slash, or a colon, and that NFKC keeps. */
const DOTS = /[\u3002\u0701\u0702\u06d4\u0589\u2027]/g;
const SLASHES = /[\u2044\u2215\u29f8\u2571\\]/g;
const COLONS = /[\u2236\ua789\u02d0\u02f8\u05c3]/g;

const LINKS: readonly RegExp[] = [
  // A scheme, with or without slashes, and a port: `https://`, `mailto:`, `hxxp:`, `host:8080`.
  /:/,
  /\/\//,
  /(?<![\p{L}\p{N}])(?:h(?:tt|xx|\*\*)ps?|ftps?|www\d*)(?![\p{L}\p{N}])/u,
  // A host: `x.example`, `x.example/path`, `192.0.2.1`. No space follows the dot, unlike in "J. Doe".
  /[^\s.]\.[\p{L}\p{N}\p{M}-]{2,}/u,
  /\d+\.\d+\.\d+/,
  /xn--/,
  // A host that is written so that programs do not recognize it: `x[.]example`, `x (dot) example`.
  /[[({<]\s*(?:\.|dot|punkt|point|punto)\s*[\])}>]/,
];

/** A userName that has the form of an address. Nothing in it can be the path or the scheme of a link. */
const ACCOUNT_ADDRESS = /^[\p{L}\p{N}\p{M}._+'#=-]{1,64}@[\p{L}\p{N}\p{M}.-]{1,190}$/u;

/**
 * Returns a name as the greeting shows it, on one line. Returns an empty text if the name has more than 64
 * characters, control characters, an `@`, or something that a program or a reader may take for a link.
 */
export const greetingName = (name: string): string => plainText(name, MAX_NAME_LENGTH) ?? '';

/**
 * Returns a `userName` as an email shows it: a plain name, or a plain address. For any other, returns the
 * address of the email, or an empty text if that is unusual too.
 */
export function accountName(userName: string, address = ''): string {
  const name = userName.trim();
  const [localPart] = address.split('@');
  const isLocalPart = ACCOUNT_ADDRESS.test(address) && foldOperand(name) === foldOperand(localPart ?? '');
  if (isLocalPart || isPlainAddress(name)) return name;
  return plainText(name, MAX_NAME_LENGTH) ?? (isPlainAddress(address) ? address : '');
}

/** Returns a text without surrounding white space and on one line; undefined if an email must not show it. */
export function plainText(text: string, maxLength: number): string | undefined {
  const line = text.trim();
  if ([...line].length > maxLength || CONTROL.test(line) || line.includes('@')) return undefined;
  return mayBeLink(line) ? undefined : line.replace(/\s+/gu, ' ');
}

const isPlainAddress = (text: string): boolean =>
  ACCOUNT_ADDRESS.test(text) && !CONTROL.test(text) && !hasLinkWord(text);

/** An address has dots, so only what no address has counts. */
const hasLinkWord = (address: string): boolean =>
  /(?<![\p{L}\p{N}])(?:h(?:tt|xx)ps?|www\d*)(?![\p{L}\p{N}])/u.test(foldOperand(address));

/**
 * Compares the text in the form in which browsers read it: without invisible characters, full-width letters,
 * and case.
 */
function mayBeLink(text: string): boolean {
  const folded = foldOperand(text).replace(DOTS, '.').replace(SLASHES, '/').replace(COLONS, ':');
  return folded.includes('@') || LINKS.some((link) => link.test(folded));
}
