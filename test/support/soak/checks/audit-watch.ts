import type { AuditEvent } from '../../../../shared/store/audit/audit';
import { readAuditEvent } from '../../../../shared/store/audit/read-audit-event';
import { auditPartition } from '../../../../shared/store/table/keys';
import type { WireRequest, WireResponse } from '../../faults/wire';
import { jsonOf } from '../../faults/wire';
import type { Commit } from './commit-log';

/** The audit events that a response allows its request to have. */
interface Allowed {
  readonly least: number;
  readonly most: number;
  readonly about: string;
}

const REFUSALS: readonly string[] = ['request.refused', 'token.refused'];

/**
 * Follows the audit log of domains in the order of commits, and compares it with the responses to requests.
 */
export class AuditWatch {
  /** The events of each domain, in the order of their commits. */
  readonly audits = new Map<string, AuditEvent[]>();
  private readonly perRequest = new Map<string, number>();
  private readonly allowed = new Map<string, Allowed>();

  constructor(private readonly isWatched: (domainId: string) => boolean) {}

  readonly observe = ({ pk, before, after }: Commit): void => {
    const domainId = /^([^#]+)#AUDIT$/.exec(pk)?.[1];
    if (domainId === undefined || !this.isWatched(domainId) || before || !after) return;
    if (pk !== auditPartition(domainId)) return;
    const event = readAuditEvent(after);
    const events = this.audits.get(domainId) ?? [];
    this.audits.set(domainId, events);
    events.push(event);
    const { requestId, action } = event;
    if (requestId !== undefined && !REFUSALS.includes(action))
      this.perRequest.set(requestId, (this.perRequest.get(requestId) ?? 0) + 1);
  };

  /** Takes a response to a SCIM request. */
  readonly onResponse = (request: WireRequest, response: WireResponse): void => {
    const requestId = response.headers['x-amzn-requestid'];
    if (requestId === undefined) return;
    const allowed = allowedEvents(request, response);
    if (!allowed) return;
    const about = `${request.method} ${new URL(request.url).pathname}: ${response.status}`;
    this.allowed.set(requestId, { ...allowed, about });
  };

  /** Returns a sentence for each request that has another number of events than its response says. */
  problems(): string[] {
    return [...this.allowed].flatMap(([requestId, { least, most, about }]) => {
      const count = this.perRequest.get(requestId) ?? 0;
      return count >= least && count <= most
        ? []
        : [
            `${about} has ${count} audit events, not ${least === most ? least : `${least} to ${most}`} (request ${requestId})`,
          ];
    });
  }

  get requests(): number {
    return this.allowed.size;
  }
}

/**
 * Returns undefined if the response says nothing about the events: it is a failure after which anything may
 * have happened.
 */
function allowedEvents(
  { method, url }: WireRequest,
  response: WireResponse,
): Omit<Allowed, 'about'> | undefined {
  const { status } = response;
  if (status >= 500) return undefined;
  if (status >= 400 || method === 'GET') return { least: 0, most: 0 };
  if (url.endsWith('/Bulk')) return eventsOfBulk(response);
  if (method === 'POST' || method === 'DELETE') return { least: 1, most: 1 };
  // A change of many members has several transactions. A change that changes nothing has none.
  return { least: 0, most: url.includes('/Groups') ? Infinity : 1 };
}

function eventsOfBulk(response: WireResponse): Omit<Allowed, 'about'> | undefined {
  const results = (jsonOf(response)?.Operations ?? []) as { readonly status: string }[];
  if (results.some(({ status }) => Number(status) >= 500)) return undefined;
  const created = results.filter(({ status }) => status === '201').length;
  return { least: created, most: created };
}
