import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAuditEvent } from '../api/audit';
import { useConnectionName } from '../api/connections/connections';
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
import { ServiceText } from '../components/display/service-text';
import { t } from './messages';

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
    <Dialog title={event.data ? actionTitle(event.data) : t('auditEvent')} onClose={onClose} place="side">
      <div className="dialog-body">
        {event.error && <ProblemNotice error={event.error} onRetry={() => void event.refetch()} />}
        {event.isPending && <Skeleton lines={6} />}
        {event.data === null && (
          <Notice tone="warning" title={t('eventNotFound')}>
            <p>{t('olderThanRetentionPeriodBelong')}</p>
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
        <Notice
          tone="bad"
          title={event.status ? t('refusedWithStatus', { status: event.status }) : t('refused')}
        >
          <p>{event.reason ? <ServiceText>{event.reason}</ServiceText> : t('noReasonWasRecorded')}</p>
        </Notice>
      )}
      {changes.length > 0 && <ChangeTable changes={changes} />}
      {leftOut.length > 0 && (
        <Notice tone="warning" title={t('skippedMembers')}>
          <p>{t('noUserHasIds', { ids: visible(leftOut.join(', ')) })}</p>
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
    [t('time'), longTime(event.at)],
    [t('actorOfKind', { kind: actorKind(actor) }), actorTitle(event, connectionName)],
    ...(actor.kind === 'scimKey' ? [[t('credential'), actorName(actor)] as const] : []),
    ...(actor.id ? [[t('actorId'), <code key="actor">{visible(actor.id)}</code>] as const] : []),
    ...(connectionId
      ? [
          [
            t('connection'),
            <ConnectionLink key="connection" connectionId={connectionId} name={connectionName} />,
          ] as const,
        ]
      : []),
    [t('sourceAddress'), actor.sourceAddress ?? '–'],
    [t('userAgent'), visible(actor.userAgent ?? '–')],
    ...(request ? [[t('request'), <code key="request">{request}</code>] as const] : []),
    [resourceTypeTitle(resource.type), <ResourceLink key="resource" event={event} />],
    ...(license ? [[t('license'), license] as const] : []),
    [t('eventId'), <code key="event">{event.eventId}</code>],
    ...(requestId ? [[t('requestId'), <code key="requestId">{requestId}</code>] as const] : []),
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
          {t('allEventsForThisType', { type: resourceNoun(resource.type) })}
        </Link>
      )}
      {hasActor && (
        <Link to={`?actor=${encodeURIComponent(actor.id ?? '')}`}>
          {t('allEventsByActor', { actor: actorName(actor) })}
        </Link>
      )}
    </p>
  );
}
