import { useState } from 'react';
import { useGenerateKey, useKeys } from '../api/keys';
import type { ScimKey, SetupProgress } from '../api/schema';
import { Button } from '../components/controls/button';
import { Dialog } from '../components/controls/dialog';
import { type Column, DataTable } from '../components/display/data-table';
import { ProblemNotice } from '../components/display/problem-notice';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { GeneratedKeyDialog } from '../credentials/generated-key-dialog';
import { GenerateKeyForm } from '../credentials/generate-key-form';
import { RevokeKeyDialog } from '../credentials/revoke-key-dialog';
import { keyStatusLabel } from '../format/labels';
import { connectionName, connectionUrl, type Provider } from './provider';

interface CreateConnectionProps {
  readonly domain: SetupProgress['domain'];
  readonly provider: Provider;
}

/** Creates the SCIM key of a connection, and lists those that exist. */
export function CreateConnection({ domain, provider }: CreateConnectionProps) {
  const { domainId } = domain;
  const keys = useKeys(domainId);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ScimKey>();
  const rows = (keys.data?.items ?? []).filter(({ status }) => status !== 'revoked').reverse();
  return (
    <>
      <p>
        A connection has a SCIM key, by which your identity provider authenticates. The page shows the key
        once, together with the URL. Keep the dialog open until you have pasted both in the next step.
      </p>
      <div>
        <Button
          variant={rows.length === 0 ? 'primary' : 'secondary'}
          icon="key"
          onPress={() => setCreating(true)}
        >
          Create connection
        </Button>
      </div>
      {keys.error && <ProblemNotice error={keys.error} onRetry={() => void keys.refetch()} />}
      {rows.length > 0 && (
        <DataTable
          caption="Connections, newest first"
          columns={[...COLUMNS, actionsColumn(setRevoking)]}
          rows={rows}
          keyOf={({ keyId }) => keyId}
        />
      )}
      {creating && <CreateDialog domain={domain} provider={provider} onClose={() => setCreating(false)} />}
      {revoking && (
        <RevokeKeyDialog domainId={domainId} scimKey={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </>
  );
}

/** Asks for a name and an expiry, then shows the key once. */
function CreateDialog({
  domain,
  provider,
  onClose,
}: CreateConnectionProps & { readonly onClose: () => void }) {
  const generate = useGenerateKey(domain.domainId);
  const url = connectionUrl(provider, domain.scimBaseUrl);
  if (generate.data) return <GeneratedKeyDialog generated={generate.data} url={url} onClose={onClose} />;
  return (
    // If the user closed the dialog before the response, nobody would ever see the key.
    <Dialog title="Create connection" onClose={onClose} isDismissable={!generate.isPending}>
      <GenerateKeyForm
        initialName={connectionName(provider)}
        error={generate.error}
        isPending={generate.isPending}
        onSubmit={(key) => generate.mutate(key)}
        onCancel={onClose}
      />
    </Dialog>
  );
}

const COLUMNS: readonly Column<ScimKey>[] = [
  { title: 'Connection', cell: ({ name }) => name },
  { title: 'Last request', cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : 'None yet') },
  {
    title: 'Status',
    cell: ({ status, lastUsedAt }) => {
      if (status === 'active' && lastUsedAt) return <Tag tone="good">Connected</Tag>;
      const { tone, text } = keyStatusLabel(status);
      return <Tag tone={tone}>{text}</Tag>;
    },
  },
];

const actionsColumn = (onRevoke: (key: ScimKey) => void): Column<ScimKey> => ({
  title: 'Actions',
  isTitleHidden: true,
  align: 'end',
  cell: (key) => (
    <Button variant="quiet" aria-label={`Revoke ${key.name}`} onPress={() => onRevoke(key)}>
      Revoke
    </Button>
  ),
});
