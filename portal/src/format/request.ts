import type { Request } from '../api/schema';
import type { Tone } from './tone';

const CLIENTS: Readonly<Record<string, string>> = {
  okta: 'Okta',
  'entra-id': 'Microsoft Entra ID',
  onelogin: 'OneLogin',
  jumpcloud: 'JumpCloud',
  ping: 'Ping Identity',
  sailpoint: 'SailPoint',
  cyberark: 'CyberArk',
  google: 'Google',
  keycloak: 'Keycloak',
  script: 'Script',
};

/** Returns the name of the identity provider of a request. */
export const clientName = ({ client = '' }: Request): string => CLIENTS[client] ?? 'Unknown client';

/** Returns the request line. */
export const requestLine = ({ method, path, query }: Request): string =>
  `${method} ${path}${query === undefined ? '' : `?${query}`}`;

/** Returns the status of a request in a few words. */
export function statusText({ status, operations, failedOperations = 0 }: Request): string {
  return failedOperations > 0 ? `${status}, ${failedOperations} of ${operations} failed` : String(status);
}

export function statusTone({ status, outcome }: Request): Tone {
  if (outcome === 'accepted') return 'good';
  return status < 400 || status === 429 ? 'warning' : 'bad';
}

export function durationText(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '–';
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** Says how many similar requests are not listed; undefined if there are none. */
export const similarText = ({ similarRequests }: Request): string | undefined =>
  similarRequests === 0
    ? undefined
    : `and ${similarRequests} similar ${similarRequests === 1 ? 'request' : 'requests'} before it`;
