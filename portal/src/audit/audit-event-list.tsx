import { Button } from 'react-aria-components';
import { useConnectionName } from '../api/connections';
import type { AuditEvent } from '../api/schema';
import { auditSummary } from '../format/audit-summary';
import { actionTitle, actorKind, actorTitle } from '../format/labels';
import { type Column, DataTable } from '../components/display/data-table';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { useAccess } from '../session/access';

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
      title: 'Event',
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
      title: 'Actor',
      cell: (event) => (
        <span className="two-lines">
          <span>{actorTitle(event, connectionName(event.connectionId))}</span>
          <span className="subtle">{actorKind(event.actor)}</span>
        </span>
      ),
    },
    {
      title: 'Source address',
      isDesktopOnly: true,
      cell: ({ actor }) => <span className="code">{actor.sourceAddress ?? '–'}</span>,
    },
    {
      title: 'Outcome',
      cell: ({ outcome, status }) =>
        outcome === 'done' ? (
          <span className="desktop-only">
            <Tag tone="good">Done</Tag>
          </span>
        ) : (
          <Tag tone="bad">{`Refused${status ? ` (${status})` : ''}`}</Tag>
        ),
    },
    { title: 'Time', cell: ({ at }) => <Time at={at} /> },
  ];
  return (
    <DataTable
      caption="Audit events, newest first"
      columns={columns}
      rows={events}
      keyOf={({ eventId }) => eventId}
      isStale={isStale}
    />
  );
}
