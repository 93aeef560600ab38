import type { LookupAddress } from 'node:dns';
import { endpointAt, endpointProblem } from '../../../shared/service/webhooks/endpoint';

const ORIGINS = [
  'http://127.0.0.1:3003',
  'https://10.0.0.5:8443',
  'https://hooks.internal',
  'https://hooks.example.com:9443',
];

const problemOf = (url: string): string => {
  try {
    endpointAt(url, ORIGINS);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

const resolver =
  (...addresses: string[]) =>
  (): Promise<LookupAddress[]> =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

describe('An endpoint is accepted', () => {
  it.each([
    ['with a public name', 'https://hooks.example.com/scim'],
    ['with the default port', 'https://hooks.example.com:443/scim'],
    ['with the other port and a query', 'https://hooks.example.com:8443/scim?tenant=1'],
    ['with a public address', 'https://8.8.8.8/hooks'],
    ['with a public IPv6 address', 'https://[2606:4700::1111]/hooks'],
    ['at an origin of the setting', 'http://127.0.0.1:3003/hooks'],
    ['at a private address of the setting', 'https://10.0.0.5:8443/hooks'],
    ['at a private name of the setting', 'https://hooks.internal/hooks'],
    ['at another port of the setting', 'https://hooks.example.com:9443/hooks'],
  ])('%s', (_, url) => {
    expect(problemOf(url)).toBe('');
  });
});

describe('An endpoint is refused', () => {
  it.each([
    ['with http', 'http://hooks.example.com/'],
    ['with another scheme', 'ftp://hooks.example.com/'],
    ['with a file', 'file:///etc/passwd'],
    ['without a scheme', 'hooks.example.com/scim'],
    ['at a loopback address', 'https://127.0.0.1/'],
    ['at a loopback address in decimal', 'https://2130706433/'],
    ['at a loopback address in hexadecimal', 'https://0x7f000001/'],
    ['at a loopback address in octal', 'https://0177.0.0.1/'],
    ['at a short loopback address', 'https://127.1/'],
    ['at the unspecified address', 'https://0/'],
    ['at a loopback name', 'https://localhost/'],
    ['below a loopback name', 'https://a.localhost/'],
    ['at a loopback name with a dot at its end', 'https://localhost./'],
    ['at a private address', 'https://10.1.2.3/'],
    ['at a private address of the second block', 'https://172.20.0.1/'],
    ['at a private address of the third block', 'https://192.168.1.1/'],
    ['at a shared address', 'https://100.64.0.1/'],
    ['at the metadata of EC2', 'https://169.254.169.254/latest/meta-data'],
    ['at the credentials of ECS', 'https://169.254.170.2/v2/credentials'],
    ['at the metadata of EC2 over IPv6', 'https://[fd00:ec2::254]/'],
    ['at IPv6 loopback', 'https://[::1]/'],
    ['at a mapped address', 'https://[::ffff:10.0.0.1]/'],
    ['at a mapped metadata address', 'https://[::ffff:a9fe:a9fe]/'],
    ['at a NAT64 address', 'https://[64:ff9b::a00:1]/'],
    ['at a 6to4 address', 'https://[2002:a00:1::]/'],
    ['at a link-local address', 'https://[fe80::1]/'],
    ['at a unique local address', 'https://[fc00::1]/'],
    ['at a multicast address', 'https://224.0.0.1/'],
    ['at a name without a dot', 'https://intranet/'],
    ['at an internal name', 'https://ip-10-0-0-1.ec2.internal/'],
    ['at the metadata of Google', 'https://metadata.google.internal/'],
    ['at a name of multicast DNS', 'https://printer.local/'],
    ['with letters that become an address', 'https://①②⑦.⓪.⓪.①/'],
    ['with a user name', 'https://user@hooks.example.com/'],
    ['with a password', 'https://user:secret@hooks.example.com/'],
    ['with a user name like a host', 'https://hooks.example.com@10.0.0.1/'],
    ['with a fragment', 'https://hooks.example.com/#a'],
    ['with a backslash', 'https://hooks.example.com\\@10.0.0.1/'],
    ['with a line break', 'https://hooks.example.com/a\r\nX: 1'],
    ['with a space', 'https://hooks.example.com/a b'],
    ['with the port of the setting and another scheme', 'https://127.0.0.1:3003/'],
    ['with the host of the setting and another port', 'http://127.0.0.1:3004/'],
    ['with the port of SMTP', 'https://hooks.example.com:25/'],
    ['with the port of http', 'https://hooks.example.com:80/'],
    ['with the port of a database', 'https://hooks.example.com:5432/'],
    ['with the port of the setting and another host', 'https://other.example.com:9443/'],
    ['with the port 0', 'https://hooks.example.com:0/'],
    ['that is too long', `https://hooks.example.com/${'x'.repeat(2_000)}`],
    ['that is empty', ''],
  ])('%s', (_, url) => {
    expect(problemOf(url)).toMatch(/[.] [A-Z].*[.]$/);
  });
});

it('the refusal of a port says which ones are allowed', async () => {
  expect(await endpointProblem('https://hooks.example.com:6379/', [])).toMatch(
    /^The port 6379 is not allowed\..+only to ports 443 and 8443\./,
  );
});

describe('When a webhook is created, its host is refused', () => {
  it.each([
    ['private', ['10.0.0.1']],
    ['loopback', ['127.0.0.1']],
    ['metadata', ['169.254.169.254']],
    ['IPv6 unique local', ['fd00::1']],
    ['public and private', ['8.8.8.8', '192.168.0.1']],
  ])('if its name resolves to %s', async (_, addresses) => {
    expect(await endpointProblem('https://hooks.example.com/', [], resolver(...addresses))).toContain(
      'not on the public internet',
    );
  });
});

describe('When a webhook is created, its host is accepted', () => {
  it('if all its addresses are public', async () => {
    const resolve = resolver('8.8.8.8', '2606:4700::1111');
    expect(await endpointProblem('https://hooks.example.com/', [], resolve)).toBeUndefined();
  });

  it('if its name does not exist yet, because each delivery checks it again', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }));
    expect(await endpointProblem('https://hooks.example.com/', [], resolve)).toBeUndefined();
  });
});
