import type { Cli } from '../../cli';
import { isThisMachine } from '../../connection/this-machine';
import { Failure } from '../../failure';

/** The service that a simulation tests, and a credential for it. */
export interface SimulationTarget {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  /** Revokes the credential if the simulation has created it. */
  readonly close: () => Promise<void>;
}

/** Returns another service if `baseUrl` is given. Otherwise creates a credential in a domain of the deployment. */
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
    return { baseUrl: parseBaseUrl(baseUrl), token: given, close: () => Promise.resolve() };
  }
  if (token !== undefined) throw Failure.misused('--token needs --base-url.');
  const domainId = domain ?? cli.session?.domainId;
  if (domainId === undefined) throw Failure.misused('Pass --domain, or --base-url for another service.');
  return openDomain(cli, domainId);
}

async function openDomain(cli: Cli, domainId: string): Promise<SimulationTarget> {
  const api = await cli.api();
  const started = await api.call('POST /domains/{domainId}/simulations', { path: { domainId } });
  const { simulationId, expireTime } = started;
  const close = async () => {
    try {
      await api.call('DELETE /domains/{domainId}/simulations/{simulationId}', {
        path: { domainId, simulationId },
      });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // The results of the simulation count more than the end of a credential that ends by itself.
      cli.note(`The credential of the test was not revoked: ${error.message} It ends at ${expireTime}.`);
    }
  };
  return { baseUrl: started.scimBaseUrl, token: started.token, close };
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
