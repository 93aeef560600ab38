import { useState } from 'react';
import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { Switch } from '../components/controls/switch';
import { Card } from '../components/display/card';
import { ProblemNotice } from '../components/display/problem-notice';
import { Tag } from '../components/display/tag';
import { useAnnounce } from '../layout/announcer';
import { t } from './messages';

/** Lets an operator make SCIM available to a domain or not. Its owners switch SCIM on and off themselves. */
export function ScimAvailabilityCard({ domain }: { readonly domain: Domain }) {
  const change = useChangeDomain(domain.domainId);
  const announce = useAnnounce();
  const [confirming, setConfirming] = useState(false);
  const { scimAvailable } = domain;
  const requestChange = (isAvailable: boolean) => {
    change.reset();
    if (!isAvailable) return setConfirming(true);
    change.mutate({ scimAvailable: true }, { onSuccess: () => announce(t('scimIsAvailable')) });
  };
  return (
    <Card
      title={t('scimAvailability')}
      aside={
        <Tag tone={scimAvailable ? 'good' : 'neutral'}>
          {scimAvailable ? t('available') : t('notAvailable')}
        </Tag>
      }
      description={scimAvailable ? t('ownersDomainEnableDisableScim') : t('scimRequestsRefusedOwnersTold')}
      action={
        <Switch isSelected={scimAvailable} isDisabled={change.isPending} onChange={requestChange}>
          {t('makeScimAvailable')}
        </Switch>
      }
    >
      {change.error && !confirming && <ProblemNotice error={change.error} />}
      {confirming && (
        <ConfirmDialog
          title={t('makeScimUnavailable')}
          confirmLabel={t('makeUnavailable')}
          isPending={change.isPending}
          error={change.error}
          onClose={() => setConfirming(false)}
          onConfirm={() =>
            change.mutate(
              { scimAvailable: false },
              {
                onSuccess: () => {
                  announce(t('scimNotAvailableRequestsNow'));
                  setConfirming(false);
                },
              },
            )
          }
        >
          <p>{t('allRequestsIdentityProviderDomain')}</p>
          <p>{t('usersLicensesCredentialsNotChange')}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
