import { useState } from 'react';
import { useRevokeConnection } from '../api/connections';
import type { Connection } from '../api/schema';
import { Button } from '../components/controls/button';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { Card } from '../components/display/card';
import { visible } from '../format/visible';
import { useAnnounce } from '../layout/announcer';
import { useConnectionAccess } from '../session/access';

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
      title={`Revoke the connection “${name}”?`}
      confirmLabel="Revoke connection"
      isPending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(connection.connectionId, {
          onSuccess: () => {
            announce(`The connection “${name}” was revoked.`);
            onClose();
          },
        })
      }
    >
      <p>All its credentials and access tokens are refused immediately. You cannot undo this.</p>
      <p>Users keep their licenses. Other connections of this domain are not affected.</p>
    </ConfirmDialog>
  );
}

export function RevokeConnectionCard({ connection }: { readonly connection: Connection }) {
  const [confirming, setConfirming] = useState(false);
  return (
    <Card
      title="Revoke connection"
      tone="danger"
      description="Ends the access of this identity provider. Revokes all credentials of the connection."
      action={
        <Button variant="danger" onPress={() => setConfirming(true)}>
          Revoke connection
        </Button>
      }
    >
      {confirming && <RevokeConnectionDialog connection={connection} onClose={() => setConfirming(false)} />}
    </Card>
  );
}
