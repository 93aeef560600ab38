import { domainToASCII } from 'node:url';
import { foldName } from '../../scim/text/fold';
import { isKeyText } from '../table/keys';

/**
 * Returns the key by which an email address is compared: the part before the `@` is folded as names are, and the
 * domain is in punycode.
 *
 * @example addressKeyOf('Jane@BÜCHER.example') === 'jane@xn--bcher-kva.example'
 */
export function addressKeyOf(address: string): string {
  const folded = foldName(address);
  const at = folded.lastIndexOf('@');
  const domain = at < 0 ? '' : domainToASCII(folded.slice(at + 1));
  return domain === '' ? folded : `${folded.slice(0, at)}@${domain}`;
}

/**
 * Returns the keys under which an address may be stored, the current one first. Previous versions stored the
 * lowercase address. A text that cannot be a key is left out.
 */
export const addressKeysOf = (address: string): string[] =>
  [...new Set([addressKeyOf(address), address.toLowerCase()])].filter(isKeyText);
