import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Finding, Ill, type Patient } from './diagnosis';

export async function checkDns({ baseUrl }: Patient): Promise<Finding> {
  const host = hostOf(baseUrl);
  if (isIP(host)) return { found: `${host} is an address already` };
  try {
    const addresses = await lookup(host, { all: true });
    return { found: `${host} is ${addresses.map(({ address }) => address).join(', ')}` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND')
      throw new Ill(
        `${host} has no address`,
        'Is it typed correctly? A name of your own must point to CustomDomainTarget in the outputs of ScimApi.',
      );
    throw new Ill(
      `no name server answers for ${host} (${code})`,
      "Look at this machine's network; if it is well, at the name servers of the domain.",
    );
  }
}

/** Without the brackets that a URL puts around an IPv6 address. */
export const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
