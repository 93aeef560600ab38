import { useState } from 'react';
import { useConfirmAdministrators, useWithdrawAdministrators } from '../api/connections';
import type { Connection } from '../api/schema';
import { Button } from '../components/controls/button';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { Card } from '../components/display/card';
import { Day } from '../components/display/time';
import { visible } from '../format/visible';
import { useAnnounce } from '../layout/announcer';
import { useAccess } from '../session/access';

interface CardProps {
  readonly connection: Connection;
}

/** Confirms that mappings may make administrators of users whom a connection provisions, or withdraws it. */
export function RolesConfirmationCard({ connection }: CardProps) {
  const { mayChange } = useAccess();
  const [confirming, setConfirming] = useState(false);
  const confirmation = connection.administratorsFromRoles;
  return (
    <Card
      title="Administrators from roles"
      description="Mappings can make portal administrators of users whom this connection provisions. An owner has to confirm it first."
      action={
        mayChange && (
          <Button onPress={() => setConfirming(true)}>{confirmation ? 'Withdraw' : 'Confirm'}</Button>
        )
      }
    >
      <p>
        {confirmation ? (
          <>
            Confirmed on <Day at={confirmation.confirmedAt} /> by{' '}
            {visible(confirmation.confirmedByName ?? confirmation.confirmedBy)}.
          </>
        ) : (
          'Not confirmed. Mappings make nobody an administrator through this connection.'
        )}
      </p>
      {confirming &&
        (confirmation ? (
          <WithdrawDialog connection={connection} onClose={() => setConfirming(false)} />
        ) : (
          <ConfirmationDialog connection={connection} onClose={() => setConfirming(false)} />
        ))}
    </Card>
  );
}

interface DialogProps extends CardProps {
  readonly onClose: () => void;
}

function ConfirmationDialog({ connection, onClose }: DialogProps) {
  const { domain } = useAccess();
  const confirm = useConfirmAdministrators(domain.domainId);
  const announce = useAnnounce();
  const name = visible(connection.name);
  return (
    <ConfirmDialog
      title={`Let “${name}” make administrators?`}
      confirmLabel="Confirm"
      isPending={confirm.isPending}
      error={confirm.error}
      onClose={onClose}
      onConfirm={() =>
        confirm.mutate(connection.connectionId, {
          onSuccess: () => {
            announce(`The connection “${name}” may make administrators.`);
            onClose();
          },
        })
      }
    >
      <p>
        Whoever administers this identity provider, or has a credential of this connection, can then make
        anybody an owner of the domain. The mappings of the domain say which groups and roles do.
      </p>
      <p>
        These administrators get an invitation. They lose the role with the group or role, or when you
        withdraw this.
      </p>
    </ConfirmDialog>
  );
}

function WithdrawDialog({ connection, onClose }: DialogProps) {
  const { domain } = useAccess();
  const withdraw = useWithdrawAdministrators(domain.domainId);
  const announce = useAnnounce();
  const name = visible(connection.name);
  return (
    <ConfirmDialog
      title={`Withdraw the confirmation of “${name}”?`}
      confirmLabel="Withdraw"
      isPending={withdraw.isPending}
      error={withdraw.error}
      onClose={onClose}
      onConfirm={() =>
        withdraw.mutate(connection.connectionId, {
          onSuccess: () => {
            announce(`The connection “${name}” makes no administrators any more.`);
            onClose();
          },
        })
      }
    >
      <p>Administrators whom mappings made through this connection lose this role immediately.</p>
      <p>Administrators whom you invited keep their roles.</p>
    </ConfirmDialog>
  );
}
