import { useRevokeCredential } from '../api/connections/credentials';
import type { Connection, Credential } from '../api/schema';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { activeCredentials } from '../format/connection';
import { visible } from '../format/visible';
import { useAnnounce } from '../layout/announcer';
import { useConnectionAccess } from '../session/access';
import { t } from './messages';

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
  const { type } = credential;
  return (
    <ConfirmDialog
      title={t(`revokeQuestion.${type}`, { name })}
      confirmLabel={t(`revoke.${type}`)}
      isPending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(credential.credentialId, {
          onSuccess: () => {
            announce(t(`revoked.${type}`, { name }));
            onClose();
          },
        })
      }
    >
      <p>
        {CONSEQUENCES[type]} {t('youCannotUndoThis')}
      </p>
      <p>{nextStep(connection, credential)}</p>
    </ConfirmDialog>
  );
}

const CONSEQUENCES: Readonly<Record<Credential['type'], string>> = {
  'scim-key': t('requestsKeyRefusedImmediately'),
  'client-secret': t('secretAllAccessTokensIssued'),
  trust: t('assertionsWorkloadIdentityAllAccess'),
};

/** Says what to do first, depending on the other credentials of the connection. */
function nextStep(connection: Connection, { credentialId }: Credential): string {
  const others = activeCredentials(connection).filter((one) => one.credentialId !== credentialId);
  if (others.length === 0) {
    return t('onlyCredentialConnectionAddAnother');
  }
  return others.some(({ lastUsedAt }) => lastUsedAt !== undefined)
    ? t('checkFirstIdentityProviderUses')
    : t('noOtherCredentialConnectionUsed');
}
