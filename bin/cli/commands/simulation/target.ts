import type { Simulation } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import { isThisMachine } from '../../connection/this-machine';
import { Failure } from '../../failure';

/** The service that a simulation tests, and a credential for it. */
export interface SimulationTarget {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** Returns the bearer token of the next request. */
  readonly token: () => Promise<string>;
  /** Revokes the credential if the simulation has created it. */
  readonly close: () => Promise<void>;
}

/**
 * A credential lives for ten minutes. It is replaced after half of them, because a request may wait for
 * minutes after a 429.
 */
const RENEWAL_MS = 5 * 60_000;
/** The time after which a renewal that failed is tried again. */
const RETRY_MS = 60_000;

/**
 * Returns another service if `baseUrl` is given. Otherwise creates a credential in a domain of the
 * deployment.
 */
export async function openTarget(
  cli: Cli,
  {
    baseUrl,
    token,
    domain,
  }: { readonly baseUrl?: string; readonly token?: string; readonly domain?: string },
): Promise<SimulationTarget> {
  if (baseUrl !== undefined) {
    if (domain !== undefined) throw Failure.misused('Pass either --base-url or --domain.');
    const given = (token ?? cli.terminal.env.SCIM_KEY)?.trim();
    if (!given) throw Failure.misused('Pass the bearer token of the service with --token, or set SCIM_KEY.');
    return {
      baseUrl: parseBaseUrl(baseUrl),
      token: () => Promise.resolve(given),
      close: () => Promise.resolve(),
    };
  }
  if (token !== undefined) throw Failure.misused('--token needs --base-url.');
  const domainId = domain ?? cli.session?.domainId;
  if (domainId === undefined) throw Failure.misused('Pass --domain, or --base-url for another service.');
  return openDomain(cli, domainId);
}

async function openDomain(cli: Cli, domainId: string): Promise<SimulationTarget> {
  const api = await cli.api();
  const now = () => cli.terminal.now().getTime();
  const start = () => api.call('POST /domains/{domainId}/simulations', { path: { domainId } });
  const end = ({ simulationId }: Simulation) =>
    api.call('DELETE /domains/{domainId}/simulations/{simulationId}', { path: { domainId, simulationId } });
  let current = await start();
  let renewAt = now() + RENEWAL_MS;
  let isEnded = false;
  const token = async () => {
    if (now() < renewAt) return current.token;
    try {
      // This fails if somebody has begun another test of the domain, which must keep its credential.
      if (!isEnded) await end(current);
      isEnded = true;
      current = await start();
      isEnded = false;
      renewAt = now() + RENEWAL_MS;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      cli.note(`The credential of the test was not renewed: ${error.message}`);
      // A credential that has ended is not used any longer than necessary.
      renewAt = isEnded ? now() : now() + RETRY_MS;
    }
    return current.token;
  };
  const close = async () => {
    try {
      await end(current);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // The results of the simulation count more than the end of a credential that ends by itself.
      cli.note(
        `The credential of the test was not revoked: ${error.message} It ends at ${current.expireTime}.`,
      );
    }
  };
  return { baseUrl: current.scimBaseUrl, token, close };
}

function parseBaseUrl(text: string): string {
  const { protocol, origin, hostname, pathname } = URL.canParse(text) ? new URL(text) : new URL('none:');
  if (protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname)))
    return origin + pathname.replace(/\/+$/, '');
  if (protocol === 'http:')
    throw Failure.misused(
      '--base-url must begin with https. Plain HTTP would expose the token on the network.',
    );
  throw Failure.misused(`"${text}" is not a valid URL. Example: https://scim.example.com/scim/v2`);
}
