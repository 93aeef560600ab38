import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { useAnnounce } from '../layout/announcer';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { t } from './messages';

interface DisableScimDialogProps {
  readonly domain: Domain;
  readonly onClose: () => void;
}

export function DisableScimDialog({ domain, onClose }: DisableScimDialogProps) {
  const change = useChangeDomain(domain.domainId);
  const announce = useAnnounce();
  return (
    <ConfirmDialog
      title={t('disableScimQuestion')}
      confirmLabel={t('disableScim')}
      isPending={change.isPending}
      error={change.error}
      onClose={onClose}
      onConfirm={() =>
        change.mutate(
          { scimEnabled: false },
          {
            onSuccess: () => {
              announce(t('scimDisabledRequestsNowRefused'));
              onClose();
            },
          },
        )
      }
    >
      <p>{t('allRequestsIdentityProviderRefused')}</p>
      <p>{t('usersLicensesNotChangeAll')}</p>
    </ConfirmDialog>
  );
}
