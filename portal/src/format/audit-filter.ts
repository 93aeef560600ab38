import { startOfDay } from './time';

/** What the admin API filters by. */
export interface AuditFilter {
  /** RFC 3339. */
  readonly from?: string;
  readonly to?: string;
  readonly actor?: string;
  readonly resource?: string;
  readonly action?: string;
}

const ID_TIME_MARGIN_MS = 2_000;

/** The seconds in which the event with this id happened: an id (UUIDv7) begins with its milliseconds. */
export function timeRangeOfId(eventId: string): Required<Pick<AuditFilter, 'from' | 'to'>> {
  const at = Number.parseInt(eventId.replaceAll('-', '').slice(0, 12), 16) || 0;
  return {
    from: new Date(at - ID_TIME_MARGIN_MS).toISOString(),
    to: new Date(at + ID_TIME_MARGIN_MS).toISOString(),
  };
}

/** What is chosen, as the address of the page has it. Days are `YYYY-MM-DD`, both included. */
export interface AuditFilterForm {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly actor: string;
  readonly resource: string;
}

const PARAMETER_NAMES = ['from', 'to', 'kind', 'actor', 'resource'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const validDayOrEmpty = (text: string): string =>
  DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';

export function parseAuditFilter(parameters: URLSearchParams): AuditFilterForm {
  const [from, to, kind, actor, resource] = PARAMETER_NAMES.map((name) => parameters.get(name) ?? '') as [
    string,
    string,
    string,
    string,
    string,
  ];
  return { from: validDayOrEmpty(from), to: validDayOrEmpty(to), kind, actor, resource };
}

/** The same as parameters of the page's address; what is not chosen is left out. */
export function auditFilterParameters(filter: AuditFilterForm): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}

export function toApiFilter({ from, to, kind, actor, resource }: AuditFilterForm): AuditFilter {
  return {
    from: from ? startOfDay(from) : undefined,
    to: to ? startOfDay(to, 1) : undefined,
    action: kind || undefined,
    actor: actor.trim() || undefined,
    resource: resource.trim() || undefined,
  };
}
