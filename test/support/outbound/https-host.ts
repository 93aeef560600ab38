import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '../assertions/self-signed';

/** Runs a host with a certificate that nobody vouches for, during the tests of a block. */
export function useHttpsHost(respond: (response: ServerResponse) => void) {
  const certificate = selfSigned();
  let server: Server;
  beforeAll(async () => {
    server = createServer(certificate, (_, response) => respond(response));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterAll(() => new Promise((closed) => server.close(closed)));
  return {
    /** The certificate, with which a client can trust the host. */
    ca: certificate.cert,
    origin: () => `https://localhost:${(server.address() as AddressInfo).port}`,
  };
}
