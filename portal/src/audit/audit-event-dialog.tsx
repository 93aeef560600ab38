import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAuditEvent } from '../api/audit';
import { useConnectionName } from '../api/connections';
import type { AuditEvent } from '../api/schema';
import { ChangeTable } from './change-table';
import { Dialog } from '../components/controls/dialog';
import { DescriptionList } from '../components/display/description-list';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { connectionPath } from '../connections/connection-path';
import {
  actionTitle,
  actorKind,
  actorName,
  actorTitle,
  resourceTypeTitle,
  resourceNoun,
} from '../format/labels';
import { longTime } from '../format/time';
import { visible } from '../format/visible';
import { useAccess } from '../session/access';

interface AuditEventDialogProps {
  readonly eventId: string;
  /** The event, if the list contains it. A shared link may refer to an older event. */
  readonly listedEvent: AuditEvent | undefined;
  readonly onClose: () => void;
}

export function AuditEventDialog({ eventId, listedEvent, onClose }: AuditEventDialogProps) {
  const { domain } = useAccess();
  const event = useAuditEvent(domain.domainId, eventId, listedEvent);
  return (
    <Dialog title={event.data ? actionTitle(event.data) : 'Audit event'} onClose={onClose} place="side">
      <div className="dialog-body">
        {event.error && <ProblemNotice error={event.error} onRetry={() => void event.refetch()} />}
        {event.isPending && <Skeleton lines={6} />}
        {event.data === null && (
          <Notice tone="warning" title="Event not found">
            <p>It may be older than the retention period, or belong to another domain.</p>
          </Notice>
        )}
        {event.data && <EventDetails event={event.data} />}
      </div>
    </Dialog>
  );
}

function EventDetails({ event }: { readonly event: AuditEvent }) {
  const { domain } = useAccess();
  const connectionName = useConnectionName(domain.domainId);
  const { actor, changes = [], leftOut = [] } = event;
  return (
    <>
      {event.outcome === 'refused' && (
        <Notice tone="bad" title={`Refused${event.status ? ` with status ${event.status}` : ''}`}>
          <p>{visible(event.reason ?? 'No reason was recorded.')}</p>
        </Notice>
      )}
      {changes.length > 0 && <ChangeTable changes={changes} />}
      {leftOut.length > 0 && (
        <Notice tone="warning" title="Skipped members">
          <p>No user of this domain has these IDs: {visible(leftOut.join(', '))}</p>
        </Notice>
      )}
      <DescriptionList items={eventDetails(event, connectionName(event.connectionId))} />
      <RelatedEventLinks event={event} hasActor={actor.id !== undefined} />
    </>
  );
}

function eventDetails(
  event: AuditEvent,
  connectionName: string | undefined,
): (readonly [string, ReactNode])[] {
  const { actor, resource, request, license, requestId, connectionId } = event;
  return [
    ['Time', longTime(event.at)],
    [`Actor (${actorKind(actor)})`, actorTitle(event, connectionName)],
    ...(actor.kind === 'scimKey' ? [['Credential', actorName(actor)] as const] : []),
    ...(actor.id ? [['Actor ID', <code key="actor">{visible(actor.id)}</code>] as const] : []),
    ...(connectionId
      ? [
          [
            'Connection',
            <ConnectionLink key="connection" connectionId={connectionId} name={connectionName} />,
          ] as const,
        ]
      : []),
    ['Source address', actor.sourceAddress ?? '–'],
    ['User agent', visible(actor.userAgent ?? '–')],
    ...(request ? [['Request', <code key="request">{request}</code>] as const] : []),
    [resourceTypeTitle(resource.type), <ResourceLink key="resource" event={event} />],
    ...(license ? [['License', license] as const] : []),
    ['Event ID', <code key="event">{event.eventId}</code>],
    ...(requestId ? [['Request ID', <code key="requestId">{requestId}</code>] as const] : []),
  ];
}

interface ConnectionLinkProps {
  readonly connectionId: string;
  readonly name: string | undefined;
}

function ConnectionLink({ connectionId, name }: ConnectionLinkProps) {
  const { domain } = useAccess();
  return <Link to={connectionPath(domain.domainId, connectionId)}>{visible(name ?? connectionId)}</Link>;
}

function ResourceLink({ event }: { readonly event: AuditEvent }) {
  const { domain } = useAccess();
  const { type, id } = event.resource;
  if (!id) return '–';
  if (type !== 'user') return <code>{id}</code>;
  return (
    <Link to={`/domains/${domain.domainId}/users/${id}`}>
      <code>{id}</code>
    </Link>
  );
}

/** Links to the other events of the same resource and of the same actor. */
function RelatedEventLinks({ event, hasActor }: { readonly event: AuditEvent; readonly hasActor: boolean }) {
  const { resource, actor } = event;
  return (
    <p className="link-list">
      {resource.id && (
        <Link to={`?resource=${encodeURIComponent(resource.id)}`}>
          All events for this {resourceNoun(resource.type)}
        </Link>
      )}
      {hasActor && (
        <Link to={`?actor=${encodeURIComponent(actor.id ?? '')}`}>All events by {actorName(actor)}</Link>
      )}
    </p>
  );
}
