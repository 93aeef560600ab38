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

const AROUND_MS = 2_000;

/** The seconds in which the event with this id happened: an id (UUIDv7) begins with its milliseconds. */
export function aroundId(eventId: string): Required<Pick<AuditFilter, 'from' | 'to'>> {
  const at = Number.parseInt(eventId.replaceAll('-', '').slice(0, 12), 16) || 0;
  return { from: new Date(at - AROUND_MS).toISOString(), to: new Date(at + AROUND_MS).toISOString() };
}

/** What is chosen, as the address of the page has it. Days are `YYYY-MM-DD`, both included. */
export interface ChosenAuditFilter {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly actor: string;
  readonly resource: string;
}

const NAMES = ['from', 'to', 'kind', 'actor', 'resource'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const dayIn = (text: string): string => (DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : '');

export function readAuditFilter(parameters: URLSearchParams): ChosenAuditFilter {
  const [from, to, kind, actor, resource] = NAMES.map((name) => parameters.get(name) ?? '') as [
    string,
    string,
    string,
    string,
    string,
  ];
  return { from: dayIn(from), to: dayIn(to), kind, actor, resource };
}

/** The same as parameters of the page's address; what is not chosen is left out. */
export function auditFilterParameters(filter: ChosenAuditFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}

export function toApiFilter({ from, to, kind, actor, resource }: ChosenAuditFilter): AuditFilter {
  return {
    from: from ? startOfDay(from) : undefined,
    to: to ? startOfDay(to, 1) : undefined,
    action: kind || undefined,
    actor: actor.trim() || undefined,
    resource: resource.trim() || undefined,
  };
}
