import { useState } from 'react';
import type { Connection, Credential } from '../api/schema';
import { Button } from '../components/controls/button';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { Tag } from '../components/display/tag';
import { Day, Time } from '../components/display/time';
import { TrustDialog } from '../connections/trust-dialog';
import { CREDENTIAL_TYPES } from '../format/connection';
import { keyStatusLabel } from '../format/labels';
import { visible } from '../format/visible';
import { useConnectionAccess } from '../session/access';
import { RevokeCredentialDialog } from './revoke-credential-dialog';
import { t } from './messages';

/** Lists the credentials of a connection, and revokes them. */
export function CredentialsTable({ connection }: { readonly connection: Connection }) {
  const { mayChange } = useConnectionAccess();
  const [revoking, setRevoking] = useState<Credential>();
  const [shown, setShown] = useState<Credential>();
  return (
    <>
      <DataTable
        caption={t('credentialsNewestFirst')}
        exportAs={{ name: t('credentials') }}
        columns={[
          ...COLUMNS,
          actionsColumn({ onShow: setShown, onRevoke: mayChange ? setRevoking : undefined }),
        ]}
        rows={newestFirst(connection.credentials)}
        keyOf={({ credentialId }) => credentialId}
      />
      {shown && <TrustDialog credential={shown} onClose={() => setShown(undefined)} />}
      {revoking && (
        <RevokeCredentialDialog
          connection={connection}
          credential={revoking}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </>
  );
}

/** Returns the credentials, newest first, with the revoked ones at the end. */
const newestFirst = (credentials: readonly Credential[]): readonly Credential[] =>
  [...credentials].sort(
    (one, other) =>
      Number(one.revokedAt !== undefined) - Number(other.revokedAt !== undefined) ||
      other.createdAt.localeCompare(one.createdAt),
  );

const COLUMNS: readonly Column<Credential>[] = [
  {
    title: t('credential'),
    text: ({ name }) => name,
    cell: (credential) => (
      <span className="two-lines">
        <span>{visible(credential.name)}</span>
        <code className="id subtle">{credential.credentialId}</code>
      </span>
    ),
  },
  { title: t('id'), isExportOnly: true, cell: ({ credentialId }) => credentialId },
  { title: t('type'), cell: ({ type }) => CREDENTIAL_TYPES[type] },
  {
    title: t('created'),
    cell: ({ createdAt }) => <Day at={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
  {
    title: t('lastUsed'),
    cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : t('never')),
    text: ({ lastUsedAt }) => lastUsedAt,
  },
  {
    title: t('expires'),
    cell: ({ expireTime }) => (expireTime ? <Day at={expireTime} /> : t('never')),
    text: ({ expireTime }) => expireTime,
  },
  {
    title: t('status'),
    text: ({ status }) => keyStatusLabel(status).text,
    cell: (credential) => {
      const { tone, text } = keyStatusLabel(credential.status);
      return <Tag tone={tone}>{text}</Tag>;
    },
  },
];

interface Actions {
  readonly onShow: (credential: Credential) => void;
  readonly onRevoke: ((credential: Credential) => void) | undefined;
}

const actionsColumn = ({ onShow, onRevoke }: Actions): Column<Credential> => ({
  title: t('actions'),
  isTitleHidden: true,
  align: 'end',
  cell: (credential) => {
    const name = visible(credential.name);
    const canRevoke = onRevoke !== undefined && !credential.revokedAt;
    if (!credential.trust && !canRevoke) return null;
    return (
      <span className="button-row">
        {credential.trust && (
          <Button
            variant="quiet"
            aria-label={t('detailsOfName', { name })}
            onPress={() => onShow(credential)}
          >
            {t('details')}
          </Button>
        )}
        {canRevoke && (
          <Button variant="quiet" aria-label={t('revokeName', { name })} onPress={() => onRevoke(credential)}>
            {t('revoke')}
          </Button>
        )}
      </span>
    );
  },
});
