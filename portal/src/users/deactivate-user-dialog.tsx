import type { User } from '../api/schema';
import { useDeactivateUser } from '../api/users';
import { useAnnounce } from '../layout/announcer';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { useAccess } from '../session/access';
import { visible } from '../format/visible';
import { t } from './messages';

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
      title={t('deactivateName', { name })}
      confirmLabel={t('deactivate')}
      isPending={deactivate.isPending}
      error={deactivate.error}
      onClose={onClose}
      onConfirm={() =>
        deactivate.mutate(user.userId, {
          onSuccess: () => {
            announce(t('nameWasDeactivated', { name }));
            onClose();
          },
        })
      }
    >
      <p>
        {t('theLicenseEndsImmediately')}{' '}
        {user.license?.email
          ? t('noticeEmailedEmail', { email: user.license.email })
          : t('noNoticeEmailedBecauseUser')}
      </p>
      {user.license?.status === 'active' && domain.seats !== null && (
        <p>{domain.counts.pendingLicenses > 0 ? t('seatGoesToNextUser') : t('seatBecomesFree')}</p>
      )}
      <p>
        {user.managedBy === 'administrator' ? t('activateUserAgain') : t('identityProviderActivateUserAgain')}
      </p>
    </ConfirmDialog>
  );
}
