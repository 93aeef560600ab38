import { useRemoveAdministrator } from '../api/administrators';
import type { Administrator } from '../api/schema';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { useAnnounce } from '../layout/announcer';
import { personName } from './person-name';

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
      title={`Remove ${name}?`}
      confirmLabel={domainId === undefined ? 'Remove operator' : 'Remove administrator'}
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(administrator.administratorId, {
          onSuccess: () => {
            announce(`${name} was removed.`);
            onClose();
          },
        })
      }
    >
      <p>
        {isSelf
          ? 'You lose access immediately. Only another administrator can invite you again.'
          : 'The person loses access immediately. To give it back, invite the person again.'}
      </p>
    </ConfirmDialog>
  );
}
