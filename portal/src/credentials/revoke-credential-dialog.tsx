import { useRevokeCredential } from '../api/credentials';
import type { Connection, Credential } from '../api/schema';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { activeCredentials, credentialNoun } from '../format/connection';
import { visible } from '../format/visible';
import { useAnnounce } from '../layout/announcer';
import { useConnectionAccess } from '../session/access';

interface RevokeCredentialDialogProps {
  readonly connection: Connection;
  readonly credential: Credential;
  readonly onClose: () => void;
}

export function RevokeCredentialDialog({ connection, credential, onClose }: RevokeCredentialDialogProps) {
  const { domain } = useConnectionAccess();
  const announce = useAnnounce();
  const revoke = useRevokeCredential({ domainId: domain.domainId, connectionId: connection.connectionId });
  const name = visible(credential.name);
  const noun = credentialNoun(credential.type);
  return (
    <ConfirmDialog
      title={`Revoke the ${noun} “${name}”?`}
      confirmLabel={`Revoke ${SHORT_NOUNS[credential.type]}`}
      isPending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(credential.credentialId, {
          onSuccess: () => {
            announce(`The ${noun} “${name}” was revoked.`);
            onClose();
          },
        })
      }
    >
      <p>{CONSEQUENCES[credential.type]} You cannot undo this.</p>
      <p>{nextStep(connection, credential)}</p>
    </ConfirmDialog>
  );
}

const SHORT_NOUNS: Readonly<Record<Credential['type'], string>> = {
  'scim-key': 'key',
  'client-secret': 'secret',
  trust: 'trust',
};

const CONSEQUENCES: Readonly<Record<Credential['type'], string>> = {
  'scim-key': 'Requests with this key are refused immediately.',
  'client-secret': 'The secret and all access tokens that were issued for it are refused immediately.',
  trust:
    'Assertions of this workload identity, and all access tokens that were issued for it, are refused immediately.',
};

/** Says what to do first, depending on the other credentials of the connection. */
function nextStep(connection: Connection, { credentialId }: Credential): string {
  const others = activeCredentials(connection).filter((one) => one.credentialId !== credentialId);
  if (others.length === 0) {
    return 'This is the only credential of the connection. Add another one and enter it in your identity provider first.';
  }
  return others.some(({ lastUsedAt }) => lastUsedAt !== undefined)
    ? 'Check first that your identity provider uses another credential of this connection.'
    : 'No other credential of this connection has been used yet. Enter another one in your identity provider first.';
}
