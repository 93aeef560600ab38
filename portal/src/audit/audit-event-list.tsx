import { Link, useSearchParams } from 'react-router';
import { useConnectionName } from '../api/connections/connections';
import type { PageLoader } from '../api/client/page-loader';
import type { AuditEvent } from '../api/schema';
import { auditSummary } from '../format/audit-summary';
import { actionTitle, actorKind, actorTitle } from '../format/labels';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { ServiceText } from '../components/display/service-text';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { useAccess } from '../session/access';
import { t } from './messages';

/** The parameter of the page's address that names the event whose dialog is open. */
export const EVENT_PARAMETER = 'event';
/** Says that the dialog was opened from the list, so that going back closes it. */
const EVENT_LINK_STATE = { opened: true };

function outcomeText({ outcome, status }: AuditEvent): string {
  if (outcome === 'done') return t('done');
  return status === undefined ? t('refused') : t('refusedCode', { status: String(status) });
}

interface AuditEventListProps {
  readonly events: readonly AuditEvent[];
  readonly isStale: boolean;
  /** Loads the pages for an export. */
  readonly load: PageLoader<AuditEvent>;
}

export function AuditEventList({ events, isStale, load }: AuditEventListProps) {
  const { domain } = useAccess();
  const connectionName = useConnectionName(domain.domainId);
  const [parameters] = useSearchParams();
  const searchOf = ({ eventId }: AuditEvent): string => {
    const search = new URLSearchParams(parameters);
    search.set(EVENT_PARAMETER, eventId);
    return search.toString();
  };
  const columns: readonly Column<AuditEvent>[] = [
    {
      title: t('event'),
      text: (event) => actionTitle(event),
      cell: (event) => (
        <span className="two-lines">
          <Link to={{ search: searchOf(event) }} state={EVENT_LINK_STATE} preventScrollReset>
            {actionTitle(event)}
          </Link>
          <span className="subtle">
            {event.reason ? <ServiceText>{event.reason}</ServiceText> : auditSummary(event)}
          </span>
        </span>
      ),
    },
    { title: t('resource'), isExportOnly: true, cell: ({ resource }) => resource.name ?? resource.id ?? '' },
    {
      title: t('actor'),
      text: (event) => actorTitle(event, connectionName(event.connectionId)),
      cell: (event) => (
        <span className="two-lines">
          <span>{actorTitle(event, connectionName(event.connectionId))}</span>
          <span className="subtle">{actorKind(event.actor)}</span>
        </span>
      ),
    },
    {
      title: t('sourceAddress'),
      isDesktopOnly: true,
      text: ({ actor }) => actor.sourceAddress,
      cell: ({ actor }) => <span className="code">{actor.sourceAddress ?? '–'}</span>,
    },
    {
      title: t('outcome'),
      text: outcomeText,
      cell: (event) =>
        event.outcome === 'done' ? (
          <span className="desktop-only">
            <Tag tone="good">{outcomeText(event)}</Tag>
          </span>
        ) : (
          <Tag tone="bad">{outcomeText(event)}</Tag>
        ),
    },
    { title: t('time'), cell: ({ at }) => <Time at={at} />, text: ({ at }) => at },
    { title: t('eventId'), isExportOnly: true, cell: ({ eventId }) => eventId },
  ];
  return (
    <DataTable
      caption={t('auditEventsNewestFirst')}
      columns={columns}
      rows={events}
      keyOf={({ eventId }) => eventId}
      isStale={isStale}
      isRowLinked
      exportAs={{ name: t('auditLog'), load }}
    />
  );
}
