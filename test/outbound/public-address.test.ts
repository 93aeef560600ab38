import fc from 'fast-check';
import { isLoopbackAddress, isPublicAddress } from '../../shared/outbound/public-address';

describe('An address is not public', () => {
  it.each([
    ['unspecified', '0.0.0.0'],
    ['of this network', '0.1.2.3'],
    ['loopback', '127.0.0.1'],
    ['loopback, end of the block', '127.255.255.254'],
    ['private, 10/8', '10.0.0.1'],
    ['private, 172.16/12', '172.16.0.1'],
    ['private, end of 172.16/12', '172.31.255.255'],
    ['private, 192.168/16', '192.168.1.1'],
    ['link-local', '169.254.0.1'],
    ['instance metadata', '169.254.169.254'],
    ['task metadata', '169.254.170.2'],
    ['shared by providers', '100.64.0.1'],
    ['IETF protocols', '192.0.0.170'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['6to4 relay', '192.88.99.1'],
    ['benchmarks', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 unspecified', '::'],
    ['IPv6 loopback', '::1'],
    ['IPv6 loopback, written out', '0:0:0:0:0:0:0:1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['public, with a zone', '2606:4700::1111%eth0'],
    ['site-local', 'fec0::1'],
    ['unique local', 'fd00:ec2::254'],
    ['unique local', 'fc00::1'],
    ['multicast', 'ff02::1'],
    ['IPv4-mapped, private', '::ffff:10.0.0.1'],
    ['IPv4-mapped, in hexadecimal', '::ffff:7f00:1'],
    ['IPv4-mapped, public', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-translated', '::ffff:0:10.0.0.1'],
    ['NAT64, loopback', '64:ff9b::7f00:1'],
    ['NAT64, private', '64:ff9b::10.0.0.1'],
    ['NAT64, metadata', '64:ff9b::a9fe:a9fe'],
    ['local NAT64', '64:ff9b:1::a00:1'],
    ['6to4 of a private address', '2002:a00:1::'],
    ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['ORCHID', '2001:20::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['discard-only', '100::1'],
    ['segment routing', '5f00::1'],
    ['empty', ''],
    ['a name', 'login.microsoftonline.com'],
    ['decimal', '2130706433'],
    ['hexadecimal', '0x7f000001'],
    ['short', '127.1'],
    ['octal', '0177.0.0.1'],
  ])('if it is %s: %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('if it is IPv4 in any form of IPv6', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), (octets) => {
        const ipv4 = octets.join('.');
        for (const prefix of ['::ffff:', '::', '::ffff:0:', '64:ff9b::'])
          expect(isPublicAddress(prefix + ipv4)).toBe(false);
      }),
    );
  });
});

it.each(['8.8.8.8', '20.190.128.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a01:111:f400::1'])(
  '%s is a public address',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

it.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['128.0.0.1', false],
  ['::2', false],
  ['10.0.0.1', false],
  ['localhost', false],
])('%s is an address of this machine: %j', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected);
});
