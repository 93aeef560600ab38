import type { Request } from '../api/schema';
import { locale } from '../i18n/language';
import type { Tone } from './tone';
import { t } from './messages';

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
  script: t('script'),
};

/** Returns the name of the identity provider of a request. */
export const clientName = ({ client = '' }: Request): string => CLIENTS[client] ?? t('unknownClient');

/** Returns the request line. */
export const requestLine = ({ method, path, query }: Request): string =>
  `${method} ${path}${query === undefined ? '' : `?${query}`}`;

/** Returns the status of a request in a few words. */
export function statusText({ status, operations, failedOperations = 0 }: Request): string {
  return failedOperations > 0
    ? t('statusFailed', {
        status: String(status),
        failed: failedOperations,
        operations: operations ?? failedOperations,
      })
    : String(status);
}

export function statusTone({ status, outcome }: Request): Tone {
  if (outcome === 'accepted') return 'good';
  return status < 400 || status === 429 ? 'warning' : 'bad';
}

const seconds = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Formats a duration in milliseconds or seconds. */
export function durationText(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '–';
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${seconds.format(milliseconds / 1_000)} s`;
}

/** Says how many similar requests are not listed; undefined if there are none. */
export const similarText = ({ similarRequests }: Request): string | undefined =>
  similarRequests === 0 ? undefined : t('similarRequests', { count: similarRequests });
