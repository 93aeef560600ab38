import type { User } from '../api/schema';
import { useDeactivateUser } from '../api/users';
import { useAnnounce } from '../layout/announcer';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { useAccess } from '../session/access';
import { visible } from '../format/visible';

interface DeactivateUserDialogProps {
  readonly user: User;
  readonly onClose: () => void;
}

export function DeactivateUserDialog({ user, onClose }: DeactivateUserDialogProps) {
  const { domain } = useAccess();
  const announce = useAnnounce();
  const deactivate = useDeactivateUser(domain.domainId);
  const name = visible(user.displayName ?? user.userName);
  return (
    <ConfirmDialog
      title={`Deactivate ${name}?`}
      confirmLabel="Deactivate"
      isPending={deactivate.isPending}
      error={deactivate.error}
      onClose={onClose}
      onConfirm={() =>
        deactivate.mutate(user.userId, {
          onSuccess: () => {
            announce(`${name} was deactivated.`);
            onClose();
          },
        })
      }
    >
      <p>
        The license ends immediately.{' '}
        {user.license?.email
          ? `A notice is emailed to ${user.license.email}.`
          : 'No notice is emailed, because the user has no email address.'}
      </p>
      <p>
        Your identity provider can activate the user again. If it does so soon, the license keeps its key. To
        end the license permanently, remove the user from the app in your identity provider.
      </p>
    </ConfirmDialog>
  );
}
