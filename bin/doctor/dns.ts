import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { CheckFailed, type Observation, type Target } from './diagnosis';

export async function checkDns({ baseUrl }: Target): Promise<Observation> {
  const host = hostOf(baseUrl);
  if (isIP(host)) return { found: `${host} is an IP address` };
  try {
    const addresses = await lookup(host, { all: true });
    return { found: `${host} resolves to ${addresses.map(({ address }) => address).join(', ')}` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND')
      throw new CheckFailed(
        `${host} does not resolve to an address`,
        'Check the spelling. A custom domain name must point to CustomDomainTarget in the outputs of ScimApi.',
      );
    throw new CheckFailed(
      `the DNS lookup of ${host} failed (${code})`,
      'Check the network of this machine, then the name servers of the domain.',
    );
  }
}

/** Returns the host name of a URL, without the brackets around an IPv6 address. */
export const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
