import type { User } from '../api/schema';
import { useReplaceKey } from '../api/users';
import { useAnnounce } from '../layout/announcer';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { useAccess } from '../session/access';
import { visible } from '../format/visible';
import { t } from './messages';

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
      title={t('replaceLicenseKeyName', { name })}
      confirmLabel={t('replaceKey')}
      isPending={replace.isPending}
      error={replace.error}
      onClose={onClose}
      onConfirm={() =>
        replace.mutate(user.userId, {
          onSuccess: () => {
            announce(t('licenseKeyNameReplaced', { name }));
            onClose();
          },
        })
      }
    >
      <p>{t('currentKeyEndsImmediatelyNever')}</p>
      <p>
        {user.license?.email
          ? t('newKeyEmailedEmailWithin', { email: visible(user.license.email) })
          : t('userNoEmailAddressNew')}
      </p>
    </ConfirmDialog>
  );
}
