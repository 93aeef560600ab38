import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './public-address';

/** The addresses that a host may have: public ones, any, or those of this machine. */
export type AllowedAddresses = 'public' | 'any' | 'loopback';

/** Returns all addresses of a name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** The resolver of the operating system. */
const resolveName: Resolve = (host) => lookup(host, { all: true });

/** A host that has no address, or one that is not allowed. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** Returns the addresses of the host of a URL. Throws an `AddressRefused` unless all of them are allowed. */
export async function allowedAddressesOf(
  url: URL,
  allowed: AllowedAddresses,
  resolve: Resolve = resolveName,
): Promise<readonly LookupAddress[]> {
  const host = withoutBrackets(url.hostname);
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
  if (addresses.length === 0 || !addresses.every(({ address }) => isAllowed(address, allowed)))
    throw new AddressRefused(`The host ${url.host} has an address that is not public.`);
  return addresses;
}

/**
 * Returns the addresses that the host of an origin of a setting may have. The setting permits a private
 * address only by naming it, so a name that resolves to one is refused.
 */
export function addressesOfOrigin(hostname: string): AllowedAddresses {
  if (isIP(withoutBrackets(hostname)) !== 0) return 'any';
  return hostname === 'localhost' ? 'loopback' : 'public';
}

/** A URL has an IPv6 address in brackets. */
const withoutBrackets = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

function isAllowed(address: string, allowed: AllowedAddresses): boolean {
  if (allowed === 'any') return true;
  return allowed === 'loopback' ? isLoopbackAddress(address) : isPublicAddress(address);
}
