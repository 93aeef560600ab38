import { useState } from 'react';
import { useConfirmAdministrators, useWithdrawAdministrators } from '../../api/connections/connections';
import type { Connection } from '../../api/schema';
import { Button } from '../../components/controls/button';
import { ConfirmDialog } from '../../components/controls/confirm-dialog';
import { Card } from '../../components/display/card';
import { Day } from '../../components/display/time';
import { visible } from '../../format/visible';
import { useAnnounce } from '../../layout/announcer';
import { useAccess } from '../../session/access';
import { Message, t } from '../messages';

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
      title={t('administratorsFromRoles')}
      description={t('mappingsMakePortalAdministratorsUsers')}
      action={
        mayChange && (
          <Button onPress={() => setConfirming(true)}>{confirmation ? t('withdraw') : t('confirm')}</Button>
        )
      }
    >
      <p>
        {confirmation ? (
          <>
            <Message
              id="confirmedOnBy"
              values={{ name: visible(confirmation.confirmedByName ?? confirmation.confirmedBy) }}
              components={{ day: <Day at={confirmation.confirmedAt} /> }}
            />
          </>
        ) : (
          t('notConfirmedMappingsMakeNobody')
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
      title={t('letNameMakeAdministrators', { name })}
      confirmLabel={t('confirm')}
      isPending={confirm.isPending}
      error={confirm.error}
      onClose={onClose}
      onConfirm={() =>
        confirm.mutate(connection.connectionId, {
          onSuccess: () => {
            announce(t('connectionNameMakeAdministrators', { name }));
            onClose();
          },
        })
      }
    >
      <p>{t('whoeverAdministersIdentityProviderCredential')}</p>
      <p>{t('administratorsGetInvitationTheyLose')}</p>
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
      title={t('withdrawTheConfirmationOfName', { name })}
      confirmLabel={t('withdraw')}
      isPending={withdraw.isPending}
      error={withdraw.error}
      onClose={onClose}
      onConfirm={() =>
        withdraw.mutate(connection.connectionId, {
          onSuccess: () => {
            announce(t('connectionNameMakesNoAdministrators', { name }));
            onClose();
          },
        })
      }
    >
      <p>{t('administratorsWhomMappingsMadeThrough')}</p>
      <p>{t('administratorsWhomInvitedKeepTheir')}</p>
    </ConfirmDialog>
  );
}
