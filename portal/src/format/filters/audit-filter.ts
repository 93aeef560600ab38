import { startOfDay } from '../time';

/** The filter parameters of the admin API. */
export interface AuditFilter {
  /** An RFC 3339 time. */
  readonly from?: string;
  readonly to?: string;
  readonly actor?: string;
  readonly resource?: string;
  readonly connectionId?: string;
  readonly action?: string;
}

const ID_TIME_MARGIN_MS = 2_000;

/** Returns a range of seconds around the time of an event. Its ID, a UUIDv7, begins with the milliseconds. */
export function timeRangeOfId(eventId: string): Required<Pick<AuditFilter, 'from' | 'to'>> {
  const at = Number.parseInt(eventId.replaceAll('-', '').slice(0, 12), 16) || 0;
  return {
    from: new Date(at - ID_TIME_MARGIN_MS).toISOString(),
    to: new Date(at + ID_TIME_MARGIN_MS).toISOString(),
  };
}

/** The selected filter in the address of the page. Days are `YYYY-MM-DD`, inclusive. */
export interface AuditFilterForm {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  /** The ID of a connection. */
  readonly connection: string;
  readonly actor: string;
  readonly resource: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const validDayOrEmpty = (text: string): string =>
  DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';

export function parseAuditFilter(parameters: URLSearchParams): AuditFilterForm {
  const valueOf = (name: keyof AuditFilterForm) => parameters.get(name) ?? '';
  return {
    from: validDayOrEmpty(valueOf('from')),
    to: validDayOrEmpty(valueOf('to')),
    kind: valueOf('kind'),
    connection: valueOf('connection'),
    actor: valueOf('actor'),
    resource: valueOf('resource'),
  };
}

/** Returns the filter as parameters of the page's address, without empty ones. */
export function auditFilterParameters(filter: AuditFilterForm): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}

export function toApiFilter(filter: AuditFilterForm): AuditFilter {
  const { from, to, kind, connection, actor, resource } = filter;
  return {
    from: from ? startOfDay(from) : undefined,
    to: to ? startOfDay(to, 1) : undefined,
    action: kind || undefined,
    connectionId: connection || undefined,
    actor: actor.trim() || undefined,
    resource: resource.trim() || undefined,
  };
}
