import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * The IPv4 blocks that are not part of the public internet (IANA, "IPv4 Special-Purpose Address Registry").
 */
const SPECIAL_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/**
 * The only IPv6 block of public addresses. Everything else is special: `::1`, IPv4 in IPv6 (`::ffff:0:0/96`),
 * NAT64 (`64:ff9b::/96`, `64:ff9b:1::/48`), unique local, link-local, and multicast addresses.
 */
const GLOBAL_IPV6 = ['2000::', 3] as const;

/**
 * The special blocks inside it: Teredo and other protocols, documentation, and 6to4, which contains IPv4
 * addresses.
 */
const SPECIAL_IPV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const globalIpv6 = new BlockList();
globalIpv6.addSubnet(...GLOBAL_IPV6, 'ipv6');

const special = new BlockList();
for (const [net, prefix] of SPECIAL_IPV4) special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of SPECIAL_IPV6) special.addSubnet(net, prefix, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Returns whether an address is on the public internet. A text that is not an address is not. */
export function isPublicAddress(address: string): boolean {
  // An address with a zone, such as `fe80::1%eth0`, is valid only on one link.
  if (isIP(address) === 0 || address.includes('%')) return false;
  if (isIPv4(address)) return !special.check(address, 'ipv4');
  return globalIpv6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** Returns whether an address is one of this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  return loopback.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
