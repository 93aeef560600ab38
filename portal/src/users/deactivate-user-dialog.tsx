import type { User } from '../api/schema';
import { useDeactivateUser } from '../api/users';
import { useAnnounce } from '../layout/announcer';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { useAccess } from '../session/access';

interface DeactivateUserDialogProps {
  readonly user: User;
  readonly onClose: () => void;
}

export function DeactivateUserDialog({ user, onClose }: DeactivateUserDialogProps) {
  const { domain } = useAccess();
  const announce = useAnnounce();
  const deactivate = useDeactivateUser(domain.domainId);
  const name = user.displayName ?? user.userName;
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
            announce(`${name} is deactivated.`);
            onClose();
          },
        })
      }
    >
      <p>The license ends at once, and {user.license?.email ?? 'the user'} is told so by mail.</p>
      <p>
        Your identity provider may activate the user again; then there is a new license key. To end it for
        good, take the person out of the app there.
      </p>
    </ConfirmDialog>
  );
}
