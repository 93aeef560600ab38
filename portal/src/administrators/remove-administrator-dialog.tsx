import { useRemoveAdministrator } from '../api/administrators';
import type { Administrator } from '../api/schema';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { useAnnounce } from '../layout/announcer';
import { personName } from './person-name';
import { t } from './messages';

interface RemoveAdministratorDialogProps {
  /** Undefined for an operator. */
  readonly domainId: string | undefined;
  readonly administrator: Administrator;
  /** True if the user removes their own role. */
  readonly isSelf: boolean;
  readonly onClose: () => void;
}

export function RemoveAdministratorDialog({
  domainId,
  administrator,
  isSelf,
  onClose,
}: RemoveAdministratorDialogProps) {
  const remove = useRemoveAdministrator(domainId);
  const announce = useAnnounce();
  const name = personName(administrator);
  return (
    <ConfirmDialog
      title={t('removeName', { name })}
      confirmLabel={domainId === undefined ? t('removeOperator') : t('removeAdministrator')}
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(administrator.administratorId, {
          onSuccess: () => {
            announce(t('nameWasRemoved', { name }));
            onClose();
          },
        })
      }
    >
      <p>{isSelf ? t('loseAccessImmediatelyOnlyAnother') : t('personLosesAccessImmediatelyGive')}</p>
      {administrator.role === 'owner' && <p>{t('credentialsPersonCreatedStayValid')}</p>}
    </ConfirmDialog>
  );
}
