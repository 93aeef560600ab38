import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { createServer } from 'node:tls';
import { checkDns, hostOf } from '../../../bin/doctor/dns';
import type { Patient } from '../../../bin/doctor/diagnosis';
import { checkTls } from '../../../bin/doctor/tls';
import { authority } from './certificates';

const patient = (baseUrl: string): Patient => ({ baseUrl, signal: new AbortController().signal });

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('DNS', () => {
  it('takes names and addresses', async () => {
    expect((await checkDns(patient('https://localhost/scim/v2'))).found).toMatch(/^localhost is /);
    expect(await checkDns(patient('https://[::1]:8443/scim/v2'))).toEqual({
      found: '::1 is an address already',
    });
    expect(hostOf('https://[::1]:8443/')).toBe('::1');
  });

  it('says of a name without an address what to look at', async () => {
    await expect(checkDns(patient('https://scim.invalid/scim/v2'))).rejects.toMatchObject({
      found: expect.stringMatching(/scim\.invalid/) as string,
      action: expect.stringMatching(/\S/) as string,
    });
  });
});

describe('TLS', () => {
  it('is not needed on this machine, and nowhere else missed', async () => {
    expect((await checkTls(patient('http://127.0.0.1:3000/scim/v2'))).found).toMatch(/^none/);
    await expect(checkTls(patient('http://scim.example.com/scim/v2'))).rejects.toMatchObject({
      action: 'Use the address that begins with https.',
    });
  });

  it('with a certificate that nobody vouches for is refused', async () => {
    const server = createServer(authority().certificate({ host: 'localhost', expiresInHours: 1 }));
    const url = `https://localhost:${await portOf(server)}/scim/v2`;
    await expect(checkTls(patient(url))).rejects.toMatchObject({
      found: 'nobody vouches for the certificate whom this machine knows',
      action: expect.stringMatching(/NODE_EXTRA_CA_CERTS/) as string,
    });
    server.close();
  });

  it('is not what something else speaks, or nothing', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.resume().end('220 mail.example.com ESMTP\r\n');
    });
    const url = `https://127.0.0.1:${await portOf(server)}/scim/v2`;
    await expect(checkTls(patient(url))).rejects.toMatchObject({
      found: expect.stringMatching(/is no TLS/) as string,
    });
    await new Promise((resolve) => server.close(resolve));
    await expect(checkTls(patient(url))).rejects.toMatchObject({
      found: expect.stringMatching(/^nothing listens at 127\.0\.0\.1:\d+$/) as string,
    });
  });
});
