import { Button } from 'react-aria-components';
import { useConnectionName } from '../api/connections';
import type { AuditEvent } from '../api/schema';
import { auditSummary } from '../format/audit-summary';
import { actionTitle, actorKind, actorTitle } from '../format/labels';
import { type Column, DataTable } from '../components/display/data-table';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { useAccess } from '../session/access';
import { t } from './messages';

interface AuditEventListProps {
  readonly events: readonly AuditEvent[];
  readonly isStale: boolean;
  readonly onShow: (event: AuditEvent) => void;
}

export function AuditEventList({ events, isStale, onShow }: AuditEventListProps) {
  const { domain } = useAccess();
  const connectionName = useConnectionName(domain.domainId);
  const columns: readonly Column<AuditEvent>[] = [
    {
      title: t('event'),
      cell: (event) => (
        <span className="two-lines">
          <Button className="text-button" onPress={() => onShow(event)}>
            {actionTitle(event)}
          </Button>
          <span className="subtle">{auditSummary(event)}</span>
        </span>
      ),
    },
    {
      title: t('actor'),
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
      cell: ({ actor }) => <span className="code">{actor.sourceAddress ?? '–'}</span>,
    },
    {
      title: t('outcome'),
      cell: ({ outcome, status }) =>
        outcome === 'done' ? (
          <span className="desktop-only">
            <Tag tone="good">{t('done')}</Tag>
          </span>
        ) : (
          <Tag tone="bad">{`Refused${status ? ` (${status})` : ''}`}</Tag>
        ),
    },
    { title: t('time'), cell: ({ at }) => <Time at={at} /> },
  ];
  return (
    <DataTable
      caption={t('auditEventsNewestFirst')}
      columns={columns}
      rows={events}
      keyOf={({ eventId }) => eventId}
      isStale={isStale}
    />
  );
}
