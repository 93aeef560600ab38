import { createServer, type AddressInfo } from 'node:net';
import { listen, LOOPBACK } from './http';

/** Returns a port that is free now, for child processes that cannot report which port they listen on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Throws `PortUnavailable` with `flag` if the port is taken. Call it before slower steps. */
export async function assertPortIsFree(port: number, flag: string): Promise<void> {
  if (port === 0) return;
  const listening = await listen(() => {}, port, flag);
  await listening.close();
}
