import { useState } from 'react';
import { useKeys } from '../api/keys';
import type { ScimKey } from '../api/schema';
import { Button } from '../components/controls/button';
import { Card } from '../components/display/card';
import { type Column, DataTable } from '../components/display/data-table';
import { EmptyState } from '../components/display/empty-state';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Tag } from '../components/display/tag';
import { Day, Time } from '../components/display/time';
import { keyStatusLabel } from '../format/labels';
import { useAccess } from '../session/access';
import { GenerateKeyDialog } from './generate-key-dialog';
import { RevokeKeyDialog } from './revoke-key-dialog';

export function ApiKeysCard() {
  const { domain, mayChange } = useAccess();
  const keys = useKeys(domain.domainId);
  const [generating, setGenerating] = useState(false);
  const [revoking, setRevoking] = useState<ScimKey>();
  const rows = [...(keys.data?.items ?? [])].reverse();
  const generate = (
    <Button variant="primary" icon="plus" onPress={() => setGenerating(true)}>
      Generate new API key
    </Button>
  );
  return (
    <Card
      title="API keys"
      description="Your identity provider authenticates with an API key. Create one key per connection."
      action={mayChange && rows.length > 0 && generate}
    >
      {keys.error && <ProblemNotice error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.isPending && <Skeleton lines={3} />}
      {keys.data && rows.length === 0 && (
        <EmptyState icon="key" title="No API keys yet" action={mayChange && generate}>
          {mayChange
            ? 'Generate a key and paste it into your identity provider.'
            : 'Ask an owner of this domain to generate a key.'}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          caption="API keys, newest first"
          columns={mayChange ? [...COLUMNS, actionsColumn(setRevoking)] : COLUMNS}
          rows={rows}
          keyOf={({ keyId }) => keyId}
        />
      )}
      {generating && (
        <GenerateKeyDialog
          url={{ label: 'SCIM base URL', value: domain.scimBaseUrl }}
          onClose={() => setGenerating(false)}
        />
      )}
      {revoking && (
        <RevokeKeyDialog
          domainId={domain.domainId}
          scimKey={revoking}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<ScimKey>[] = [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Key ID', cell: ({ keyId }) => <code className="id">{keyId}</code> },
  { title: 'Created', cell: ({ createdAt }) => <Day at={createdAt} /> },
  { title: 'Last used', cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : 'Never') },
  { title: 'Expires', cell: ({ expireTime }) => (expireTime ? <Day at={expireTime} /> : 'Never') },
  {
    title: 'Status',
    cell: ({ status }) => {
      const { tone, text } = keyStatusLabel(status);
      return <Tag tone={tone}>{text}</Tag>;
    },
  },
];

const actionsColumn = (onRevoke: (key: ScimKey) => void): Column<ScimKey> => ({
  title: 'Actions',
  isTitleHidden: true,
  align: 'end',
  cell: (key) =>
    key.status !== 'revoked' && (
      <Button variant="quiet" aria-label={`Revoke ${key.name}`} onPress={() => onRevoke(key)}>
        Revoke
      </Button>
    ),
});
