import { useState } from 'react';
import { Link } from 'react-router';
import { useConnections } from '../api/connections/connections';
import type { Connection } from '../api/schema';
import { Button } from '../components/controls/button';
import { Card } from '../components/display/card';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { DisclosureSection } from '../components/display/disclosure-section';
import { EmptyState } from '../components/display/empty-state';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { connectionStatusLabel, credentialSummary, IDENTITY_PROVIDERS } from '../format/connection';
import { visible } from '../format/visible';
import { useAccess } from '../session/access';
import { CreateConnectionDialog } from './create-connection-dialog';
import { t } from './messages';

/** Lists the connections of the domain. A SCIM key of an earlier version is a connection of its own. */
export function ConnectionsCard() {
  const { domain, mayChange } = useAccess();
  const connections = useConnections(domain.domainId);
  const [creating, setCreating] = useState(false);
  const all = [...(connections.data?.items ?? [])].sort((one, other) =>
    other.createdAt.localeCompare(one.createdAt),
  );
  const rows = all.filter(({ revokedAt }) => revokedAt === undefined);
  const revoked = all.filter(({ revokedAt }) => revokedAt !== undefined);
  const create = (
    <Button variant="primary" icon="plus" onPress={() => setCreating(true)}>
      {t('addConnection')}
    </Button>
  );
  return (
    <Card
      title={t('connections')}
      description={t('eachIdentityProviderOwnConnection')}
      action={mayChange && rows.length > 0 && create}
    >
      {connections.error && (
        <ProblemNotice error={connections.error} onRetry={() => void connections.refetch()} />
      )}
      {connections.isPending && <Skeleton lines={3} />}
      {connections.data && rows.length === 0 && (
        <EmptyState icon="key" title={t('noConnectionsYet')} action={mayChange && create}>
          {mayChange ? t('addConnectionIdentityProviderFollow') : t('askOwnerDomainAddConnection')}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <ConnectionTable caption={t('connectionsNewestFirst')} exportName={t('connections')} rows={rows} />
      )}
      {revoked.length > 0 && (
        <DisclosureSection title={t('showRevokedConnections', { number: revoked.length })}>
          <ConnectionTable
            caption={t('revokedConnectionsNewestFirst')}
            exportName={t('revokedConnections')}
            rows={revoked}
          />
        </DisclosureSection>
      )}
      {creating && <CreateConnectionDialog onClose={() => setCreating(false)} />}
    </Card>
  );
}

interface ConnectionTableProps {
  readonly caption: string;
  readonly exportName: string;
  readonly rows: readonly Connection[];
}

const ConnectionTable = ({ exportName, ...props }: ConnectionTableProps) => (
  <DataTable
    {...props}
    columns={COLUMNS}
    keyOf={({ connectionId }) => connectionId}
    isRowLinked
    exportAs={{ name: exportName }}
  />
);

const COLUMNS: readonly Column<Connection>[] = [
  {
    title: t('connection'),
    text: ({ name }) => name,
    cell: ({ connectionId, name, identityProvider }) => (
      <span className="two-lines">
        <Link to={`connections/${connectionId}`}>{visible(name)}</Link>
        <span className="subtle">{IDENTITY_PROVIDERS[identityProvider]}</span>
      </span>
    ),
  },
  { title: t('credentials'), cell: (connection) => credentialSummary(connection) },
  {
    title: t('lastRequest'),
    cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : t('never')),
    text: ({ lastUsedAt }) => lastUsedAt,
  },
  {
    title: t('status'),
    text: (connection) => connectionStatusLabel(connection).text,
    cell: (connection) => {
      const { tone, text } = connectionStatusLabel(connection);
      return <Tag tone={tone}>{text}</Tag>;
    },
  },
];
