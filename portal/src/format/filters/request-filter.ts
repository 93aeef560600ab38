import type { RequestCounts, RequestOutcome } from '../../api/schema';
import { t } from '../messages';

/** The filter parameters of the admin API. */
export interface RequestFilter {
  readonly outcome?: RequestOutcome;
  readonly status?: string;
  readonly connectionId?: string;
}

export const PERIODS = {
  hour: t('lastHour'),
  day: t('last24Hours'),
  week: t('last7Days'),
} as const satisfies Record<RequestCounts['period'], string>;

const STATUS = /^[1-5]\d\d$/;

/** Returns the period in the address of the page. */
export const periodOf = (text: string | null): RequestCounts['period'] =>
  text !== null && Object.hasOwn(PERIODS, text) ? (text as RequestCounts['period']) : 'day';

/**
 * Returns the filter for the selections in the address of the page: an outcome, a status, or all requests,
 * and the ID of a connection.
 */
export function toRequestFilter(show: string, connectionId = ''): RequestFilter {
  const connection = connectionId === '' ? {} : { connectionId };
  if (show === 'accepted' || show === 'refused') return { outcome: show, ...connection };
  return STATUS.test(show) ? { status: show, ...connection } : connection;
}

/** Returns the label of each selection: outcomes, and the statuses that occurred. */
export function showOptions(statuses: RequestCounts['statuses'], show: string): Record<string, string> {
  const counted = new Map(statuses.map(({ status, requests }) => [String(status), ` (${requests})`]));
  if (STATUS.test(show) && !counted.has(show)) counted.set(show, '');
  return {
    all: t('allRequests'),
    refused: t('refusedRequests'),
    accepted: t('acceptedRequests'),
    // Keys that look like numbers would come first.
    ...Object.fromEntries(
      [...counted]
        .sort()
        .map(([status, count]) => [`status-${status}`, t('statusCount', { status, requests: count })]),
    ),
  };
}
