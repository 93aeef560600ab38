import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { createServer } from 'node:tls';
import { checkDns, hostOf } from '../../../bin/doctor/dns';
import type { Target } from '../../../bin/doctor/diagnosis';
import { checkTls } from '../../../bin/doctor/tls';
import { authority } from './certificates';

const target = (baseUrl: string): Target => ({ baseUrl, signal: new AbortController().signal });

async function listenOnFreePort(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('the DNS check', () => {
  it('accepts names and IP addresses', async () => {
    expect((await checkDns(target('https://localhost/scim/v2'))).found).toMatch(/^localhost resolves to /);
    expect(await checkDns(target('https://[::1]:8443/scim/v2'))).toEqual({
      found: '::1 is an IP address',
    });
    expect(hostOf('https://[::1]:8443/')).toBe('::1');
  });

  it('suggests an action for a name without an address', async () => {
    await expect(checkDns(target('https://scim.invalid/scim/v2'))).rejects.toMatchObject({
      found: expect.stringMatching(/scim\.invalid/) as string,
      action: expect.stringMatching(/\S/) as string,
    });
  });
});

describe('the TLS check', () => {
  it('allows plain HTTP only on this machine', async () => {
    expect((await checkTls(target('http://127.0.0.1:3000/scim/v2'))).found).toMatch(
      /^plain HTTP, which is allowed only on this machine$/,
    );
    await expect(checkTls(target('http://scim.example.com/scim/v2'))).rejects.toMatchObject({
      action: 'Use the URL that begins with https.',
    });
  });

  it('fails for a certificate of an untrusted issuer', async () => {
    const server = createServer(authority().certificate({ host: 'localhost', expiresInHours: 1 }));
    const url = `https://localhost:${await listenOnFreePort(server)}/scim/v2`;
    await expect(checkTls(target(url))).rejects.toMatchObject({
      found: 'this machine does not trust the issuer of the certificate',
      action: expect.stringMatching(/NODE_EXTRA_CA_CERTS/) as string,
    });
    server.close();
  });

  it('fails if the server does not speak TLS, or refuses the connection', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.resume().end('220 mail.example.com ESMTP\r\n');
    });
    const url = `https://127.0.0.1:${await listenOnFreePort(server)}/scim/v2`;
    await expect(checkTls(target(url))).rejects.toMatchObject({
      found: expect.stringMatching(/^the TLS handshake with 127\.0\.0\.1:\d+ failed /) as string,
    });
    await new Promise((resolve) => server.close(resolve));
    await expect(checkTls(target(url))).rejects.toMatchObject({
      found: expect.stringMatching(/^127\.0\.0\.1:\d+ refused the connection$/) as string,
    });
  });
});
