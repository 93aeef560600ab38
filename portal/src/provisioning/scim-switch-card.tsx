import { useState } from 'react';
import { useChangeDomain } from '../api/domains';
import type { Domain } from '../api/schema';
import { useAnnounce } from '../layout/announcer';
import { Card } from '../components/display/card';
import { CopyField } from '../components/controls/copy-field';
import { ProblemNotice } from '../components/display/problem-notice';
import { Switch } from '../components/controls/switch';
import { Tag } from '../components/display/tag';
import { useAccess } from '../session/access';
import { DisableScimDialog } from './disable-scim-dialog';
import { t } from './messages';

/** Enables and disables SCIM, and shows the base URL. */
export function ScimSwitchCard({ domain }: { readonly domain: Domain }) {
  const { mayChange } = useAccess();
  const enable = useChangeDomain(domain.domainId);
  const announce = useAnnounce();
  const [disabling, setDisabling] = useState(false);
  const isScimEnabled = domain.scimEnabled;
  const change = (isEnabled: boolean) => {
    enable.reset();
    if (isEnabled) enable.mutate({ scimEnabled: true }, { onSuccess: () => announce(t('scimIsEnabled')) });
    else setDisabling(true);
  };
  return (
    <Card
      title="SCIM"
      aside={
        <Tag tone={isScimEnabled ? 'good' : 'neutral'}>{isScimEnabled ? t('enabled') : t('disabled')}</Tag>
      }
      description={
        isScimEnabled
          ? t('identityProviderCreateChangeDeactivate')
          : t('requestsIdentityProviderRefusedUsers')
      }
      action={
        mayChange && (
          <Switch isSelected={isScimEnabled} isDisabled={enable.isPending} onChange={change}>
            {t('enableScim')}
          </Switch>
        )
      }
    >
      {enable.error && <ProblemNotice error={enable.error} />}
      <CopyField
        label={t('scimBaseUrl')}
        noun={t('scimBaseUrl')}
        value={domain.scimBaseUrl}
        description={t('enterUrlIdentityProvider')}
      />
      {disabling && <DisableScimDialog domain={domain} onClose={() => setDisabling(false)} />}
    </Card>
  );
}
