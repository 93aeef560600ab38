import { useState } from 'react';
import { Button } from '../components/controls/button';
import { SelectField } from '../components/controls/select-field';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Tag } from '../components/display/tag';
import { RevokeConnectionDialog } from '../connections/page/revoke-connection-card';
import { CredentialsTable } from '../credentials/credentials-table';
import type { Connection, IdentityProvider } from '../api/schema';
import { connectionStatusLabel } from '../format/connection';
import { visible } from '../format/visible';
import { NewConnectionForm } from '../guides/new-connection-form';
import { NEW_CONNECTION, type SetupConnection } from './use-setup-connection';
import { t } from './messages';

const DEFAULT_NAMES: Readonly<Record<IdentityProvider, string>> = {
  okta: 'Okta',
  'entra-id': 'Entra ID',
  other: t('identityProvider'),
};

/** Creates the connection of the identity provider, or chooses one that exists. */
export function CreateConnection({ setup }: { readonly setup: SetupConnection }) {
  const { provider, query, choices, selected, select } = setup;
  return (
    <>
      <p>{t('connectionBelongsOneIdentityProvider')}</p>
      {query.error && <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton lines={2} />}
      {choices.length > 0 && (
        <SelectField
          label={t('connection')}
          options={{
            ...Object.fromEntries(choices.map(({ connectionId, name }) => [connectionId, visible(name)])),
            [NEW_CONNECTION]: t('newConnection'),
          }}
          value={selected?.connectionId ?? NEW_CONNECTION}
          onChange={select}
        />
      )}
      {query.data && !selected && (
        <NewConnectionForm
          key={provider}
          identityProvider={provider}
          defaultName={DEFAULT_NAMES[provider]}
          onCreated={select}
        />
      )}
      {selected && <SelectedConnection connection={selected} />}
    </>
  );
}

function SelectedConnection({ connection }: { readonly connection: Connection }) {
  const [revoking, setRevoking] = useState(false);
  const { tone, text } = connectionStatusLabel(connection);
  return (
    <>
      <p>
        {visible(connection.name)} <Tag tone={tone}>{text}</Tag>
      </p>
      {connection.credentials.length > 0 && <CredentialsTable connection={connection} />}
      <div>
        <Button variant="quiet" onPress={() => setRevoking(true)}>
          {t('revokeConnection')}
        </Button>
      </div>
      {revoking && <RevokeConnectionDialog connection={connection} onClose={() => setRevoking(false)} />}
    </>
  );
}
