import type { User } from '../api/schema';
import { useReplaceKey } from '../api/users';
import { useAnnounce } from '../layout/announcer';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { useAccess } from '../session/access';
import { visible } from '../format/visible';

interface ReplaceKeyDialogProps {
  readonly user: User;
  readonly onClose: () => void;
}

export function ReplaceKeyDialog({ user, onClose }: ReplaceKeyDialogProps) {
  const { domain } = useAccess();
  const announce = useAnnounce();
  const replace = useReplaceKey(domain.domainId);
  const name = visible(user.displayName ?? user.userName);
  return (
    <ConfirmDialog
      title={`Replace the license key of ${name}?`}
      confirmLabel="Replace key"
      isPending={replace.isPending}
      error={replace.error}
      onClose={onClose}
      onConfirm={() =>
        replace.mutate(user.userId, {
          onSuccess: () => {
            announce(`The license key of ${name} was replaced.`);
            onClose();
          },
        })
      }
    >
      <p>The current key ends immediately, and never works again. The license stays active.</p>
      <p>
        {user.license?.email
          ? `The new key is emailed to ${visible(user.license.email)} within a minute.`
          : 'The user has no email address. The new key is emailed as soon as your identity provider adds one.'}
      </p>
    </ConfirmDialog>
  );
}
