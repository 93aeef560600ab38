import { createServer, type AddressInfo } from 'node:net';
import { listen, LOOPBACK } from './http';

/** A port that was free a moment ago, for children that cannot report which one they took. */
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

/** Throws a `UserError` that names `flag` where the port is taken: before slower things are done in vain. */
export async function assertPortIsFree(port: number, flag: string): Promise<void> {
  if (port === 0) return;
  const listening = await listen(() => {}, port, flag);
  await listening.close();
}
