import { domainToASCII } from 'node:url';
import { foldName } from '../../scim/text/fold';
import { isKeyText } from '../table/keys';

/**
 * Returns the key by which an email address is compared: the part before the `@` is folded as names are, and
 * the domain is in punycode. The domain is not folded first, because folding makes some different domains
 * equal: those with a final sigma, and those with another one (RFC 5894 §7.2). Their addresses belong to
 * different people.
 *
 * @example addressKeyOf('Jane@BÜCHER.example') === 'jane@xn--bcher-kva.example'
 */
export function addressKeyOf(address: string): string {
  const { local, domain } = partsOf(address.trim());
  const ascii = domain === undefined ? '' : domainToASCII(domain);
  return ascii === '' ? foldedKeyOf(address) : `${foldName(local)}@${ascii}`;
}

/**
 * Returns the key with a folded domain, which an address has if its form is unusual. Version 0.1.0 stored it
 * for all.
 */
function foldedKeyOf(address: string): string {
  const folded = foldName(address);
  const { local, domain } = partsOf(folded);
  const ascii = domain === undefined ? '' : domainToASCII(domain);
  return ascii === '' ? folded : `${local}@${ascii}`;
}

function partsOf(address: string): { readonly local: string; readonly domain?: string } {
  const at = address.lastIndexOf('@');
  return at < 0 ? { local: address } : { local: address.slice(0, at), domain: address.slice(at + 1) };
}

/**
 * Returns the keys under which an address may be stored, the current one first. Previous versions stored the
 * folded or the lowercase address. A text that cannot be a key is left out.
 */
export const addressKeysOf = (address: string): string[] =>
  [...new Set([addressKeyOf(address), foldedKeyOf(address), address.toLowerCase()])].filter(isKeyText);
