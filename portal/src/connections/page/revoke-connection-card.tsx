import { useState } from 'react';
import { useRevokeConnection } from '../../api/connections/connections';
import type { Connection } from '../../api/schema';
import { Button } from '../../components/controls/button';
import { ConfirmDialog } from '../../components/controls/confirm-dialog';
import { Card } from '../../components/display/card';
import { visible } from '../../format/visible';
import { useAnnounce } from '../../layout/announcer';
import { useConnectionAccess } from '../../session/access';
import { t } from '../messages';

interface RevokeConnectionDialogProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

export function RevokeConnectionDialog({ connection, onClose }: RevokeConnectionDialogProps) {
  const { domain } = useConnectionAccess();
  const revoke = useRevokeConnection(domain.domainId);
  const announce = useAnnounce();
  const name = visible(connection.name);
  return (
    <ConfirmDialog
      title={t('revokeTheConnectionName', { name })}
      confirmLabel={t('revokeConnection')}
      isPending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(connection.connectionId, {
          onSuccess: () => {
            announce(t('theConnectionNameWasRevoked', { name }));
            onClose();
          },
        })
      }
    >
      <p>{t('allCredentialsAccessTokensRefused')}</p>
      <p>{t('usersKeepTheirLicensesOther')}</p>
    </ConfirmDialog>
  );
}

export function RevokeConnectionCard({ connection }: { readonly connection: Connection }) {
  const [confirming, setConfirming] = useState(false);
  return (
    <Card
      title={t('revokeConnection')}
      tone="danger"
      description={t('endsAccessIdentityProviderRevokes')}
      action={
        <Button variant="danger" onPress={() => setConfirming(true)}>
          {t('revokeConnection')}
        </Button>
      }
    >
      {confirming && <RevokeConnectionDialog connection={connection} onClose={() => setConfirming(false)} />}
    </Card>
  );
}
