import { randomInt } from 'node:crypto';
import { listen, PortUnavailable } from './http';

/**
 * Linux and macOS give higher ports to connections and to servers that ask for any port. So these ports stay
 * free until a child process listens on one.
 */
const CHILD_PORTS = { first: 20_000, last: 32_767 };

/** The chance that this many ports are all taken is small, unless programs use most of them. */
const TRIES = 100;

/**
 * Returns a random port that is free now, for child processes that cannot report which port they listen on.
 * Throws `PortUnavailable` if it finds none.
 */
export async function freePort(): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = randomInt(CHILD_PORTS.first, CHILD_PORTS.last + 1);
    try {
      await assertPortIsFree(port);
      return port;
    } catch (error) {
      if (!(error instanceof PortUnavailable) || tries === TRIES) throw error;
    }
  }
}

/**
 * Throws `PortUnavailable`, with `flag` if there is one, if the port is taken. Call it before slower steps.
 */
export async function assertPortIsFree(port: number, flag?: string): Promise<void> {
  if (port === 0) return;
  const listening = await listen(() => {}, port, flag);
  await listening.close();
}
