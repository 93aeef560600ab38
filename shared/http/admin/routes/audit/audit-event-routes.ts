import * as z from 'zod/mini';
import type { AuditSubjects } from '../../../../service/audit/audit-subjects';
import { escapeControls } from '../../../../scim/text';
import { type Actor, type AuditEvent, connectionOf } from '../../../../store/audit/audit';
import type { AuditFilter, AuditLog } from '../../../../store/audit/audit-log';
import { DEPLOYMENT } from '../../../../store/table/keys';
import { bytesInJson } from '../../../chain/response-body';
import { fields } from '../../fields';
import { CONNECTION, cursorOf, ID_POSITION, limitOf, pageBody, PAGING, positionIn } from '../../paging';
import { scopeOfRequest } from '../../request';
import { ok, route, type Access, type AdminRoute } from '../../route';
import { TIME } from '../../time-parameter';

const text = z.optional(z.string().check(z.minLength(1), z.maxLength(1_000)));

const FILTER = {
  from: TIME,
  to: TIME,
  actor: [text, 'the id or the name of a SCIM key, or the id, the address, or the name of an administrator'],
  resource: [text, 'the id, the name, or the email address of the changed user, group, or other resource'],
  ...CONNECTION,
  action: [text, 'an action such as user.created, or its part before the dot'],
} as const;

const MAX_EXPORT_LINES = 5_000;
/** Lambda returns at most 6 MB of JSON, in which the text is a string. */
const MAX_EXPORT_BYTES = 5_000_000;
const EXPORT_PAGE_SIZE = 500;
/** Ends an export whose filter matches few events. The client continues with the cursor. */
const MAX_EXPORT_PAGES = 20;

export interface AuditEventRoutesOptions {
  /** Opens the log of a domain, or of the deployment. */
  readonly open: (domainId: string) => AuditLog;
  /** Opens the lookup of the names in a filter of this log. */
  readonly subjects: (domainId: string) => AuditSubjects;
}

/** The audit logs of a domain and of the deployment. */
export function auditEventRoutes(options: AuditEventRoutesOptions): AdminRoute[] {
  return [
    ...routesAt('/domains/{domainId}/audit-events', 'viewer', options),
    ...routesAt('/audit-events', 'operator', options),
  ];
}

type FilterQuery = Omit<AuditFilter, 'actor' | 'resource'> & {
  readonly actor?: string;
  readonly resource?: string;
};

/** Returns the filter of a query, with the resources and actors that it names. */
async function filterOf(
  { actor, resource, ...filter }: FilterQuery,
  subjects: AuditSubjects,
): Promise<AuditFilter> {
  const [actors, resources] = await Promise.all([
    actor === undefined ? undefined : subjects.actors(actor),
    resource === undefined ? undefined : subjects.resources(resource),
  ]);
  return { ...filter, ...(actors && { actor: actors }), ...(resources && { resource: resources }) };
}

/** Returns the routes of one kind of log. */
function routesAt(
  path: '/domains/{domainId}/audit-events' | '/audit-events',
  access: Access,
  { open, subjects }: AuditEventRoutesOptions,
): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path,
      access,
      query: fields({ ...FILTER, ...PAGING }),
      handle: async (request) => {
        const domainId = scopeOfRequest(request);
        const { limit, cursor, ...filterQuery } = request.query;
        const filter = await filterOf(filterQuery, subjects(domainId));
        const after = positionIn(ID_POSITION, cursor);
        const { events, next } = await open(domainId).page(filter, limitOf({ limit }), new Date(), after);
        return ok(pageBody({ items: events.map((event) => eventView(domainId, event)), next }));
      },
    }),
    route({
      method: 'GET',
      path: `${path}/export`,
      access,
      query: fields({ ...FILTER, cursor: PAGING.cursor }),
      handle: async (request) => {
        const domainId = scopeOfRequest(request);
        const { cursor, ...filterQuery } = request.query;
        const filter = await filterOf(filterQuery, subjects(domainId));
        const after = positionIn(ID_POSITION, cursor);
        const { lines, next } = await exportLines(open(domainId), domainId, filter, after);
        return {
          status: 200,
          text: { mediaType: 'application/jsonl', content: lines.join('') },
          headers: {
            'content-disposition': `attachment; filename="audit-${domainId}.jsonl"`,
            ...(next !== undefined && { 'x-next-cursor': cursorOf(next) }),
          },
        };
      },
    }),
  ];
}

/** Reads lines until the response or the number of read pages reaches its limit. */
async function exportLines(
  log: AuditLog,
  domainId: string,
  filter: AuditFilter,
  after: string | undefined,
): Promise<{ lines: string[]; next?: string }> {
  const lines: string[] = [];
  let bytes = 0;
  let position = after;
  for (let page = 0; page < MAX_EXPORT_PAGES; page++) {
    const { events, next } = await log.page(filter, EXPORT_PAGE_SIZE, new Date(), position);
    for (const event of events) {
      const line = `${escapeControls(JSON.stringify(eventView(domainId, event)))}\n`;
      bytes += bytesInJson(line);
      if (lines.length === MAX_EXPORT_LINES || bytes > MAX_EXPORT_BYTES) return { lines, next: position };
      lines.push(line);
      position = event.id;
    }
    if (next === undefined) return { lines };
    position = next;
  }
  return { lines, next: position };
}

function eventView(logId: string, event: AuditEvent): object {
  const { id, at, action, resourceId, resourceName, actor, requestId, changes, license, leftOut } = event;
  const { status, reason, request } = event;
  return {
    eventId: id,
    at,
    domainId: logId === DEPLOYMENT ? domainOf(event) : logId,
    action,
    outcome: action.endsWith('.refused') ? 'refused' : 'done',
    resource: { type: action.split('.')[0], ...(resourceId && { id: resourceId }), name: resourceName },
    connectionId: connectionOf(event),
    actor: actorView(actor),
    requestId,
    request,
    reason,
    status,
    changes,
    license,
    leftOut,
  };
}

/** Returns the domain of an event in the deployment's log: a deleted domain, or none. */
const domainOf = ({ action, resourceId }: AuditEvent): string | undefined =>
  action.startsWith('domain.') ? resourceId : undefined;

function actorView(actor: Actor): object {
  const { kind, sourceAddress, userAgent } = actor;
  switch (actor.kind) {
    case 'scimKey':
      return { kind, id: actor.keyId, name: actor.keyName, sourceAddress, userAgent };
    case 'admin':
      return { kind, id: actor.id, name: actor.name, sourceAddress, userAgent };
    case 'system':
      return { kind, name: actor.name, sourceAddress, userAgent };
  }
}
