import { Link } from 'react-router';
import type { AuditEvent } from '../api/schema';
import { ChangeTable } from '../components/change-table';
import { Dialog } from '../components/dialog';
import { Facts } from '../components/facts';
import { Notice } from '../components/notice';
import { actionTitle, actorKind, actorName, resourceName } from '../format/labels';
import { longTime } from '../format/time';
import { useAccess } from '../session/access';

interface AuditEventDialogProps {
  readonly event: AuditEvent | undefined;
  readonly onClose: () => void;
}

export function AuditEventDialog({ event, onClose }: AuditEventDialogProps) {
  return (
    <Dialog
      title={event ? actionTitle(event) : ''}
      isOpen={event !== undefined}
      onClose={onClose}
      place="side"
    >
      <div className="dialog-body">{event && <Detail event={event} onLeave={onClose} />}</div>
    </Dialog>
  );
}

function Detail({ event, onLeave }: { readonly event: AuditEvent; readonly onLeave: () => void }) {
  const { actor, changes = [], leftOut = [] } = event;
  return (
    <>
      {event.outcome === 'refused' && (
        <Notice tone="bad" title={`Refused${event.status ? ` with status ${event.status}` : ''}`}>
          <p>{event.reason ?? 'No reason was noted.'}</p>
        </Notice>
      )}
      {changes.length > 0 && <ChangeTable changes={changes} />}
      {leftOut.length > 0 && (
        <Notice tone="warning" title="Left out">
          <p>These ids name nobody in this domain: {leftOut.join(', ')}</p>
        </Notice>
      )}
      <Facts
        of={[
          ['When', longTime(event.at)],
          [`By (${actorKind(actor)})`, actorName(actor)],
          ...(actor.id ? [['Id of who did it', <code key="actor">{actor.id}</code>] as const] : []),
          ['Address', actor.sourceAddress ?? '–'],
          ['User agent', actor.userAgent ?? '–'],
          [
            resourceName(event.resource.type),
            <ResourceLink key="resource" event={event} onLeave={onLeave} />,
          ],
          ...(event.license ? [['License', event.license] as const] : []),
          ['Event id', <code key="event">{event.eventId}</code>],
          ...(event.requestId ? [['Request id', <code key="request">{event.requestId}</code>] as const] : []),
        ]}
      />
    </>
  );
}

function ResourceLink({ event, onLeave }: { readonly event: AuditEvent; readonly onLeave: () => void }) {
  const { domain } = useAccess();
  const { type, id } = event.resource;
  if (!id) return '–';
  if (type !== 'user' || event.action === 'user.deleted') return <code>{id}</code>;
  return (
    <Link to={`/domains/${domain.domainId}/users/${id}`} onClick={onLeave}>
      <code>{id}</code>
    </Link>
  );
}
