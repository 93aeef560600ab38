import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { ConnectionsCard } from '../connections/connections-card';
import { ScimCollectionCard } from './scim-collection-card';
import { ScimSwitchCard } from './scim-switch-card';
import { ScimUnavailableNotice } from './scim-unavailable-notice';
import { SetUpGuidesCard } from './set-up-guides-card';
import { t } from './messages';

export function ScimProvisioningPage() {
  const { domain } = useAccess();
  return (
    <>
      <PageHeader title={t('scimProvisioning')} description={t('identityProviderSendsUsersDomain')} />
      {domain.scimAvailable ? <ScimSwitchCard domain={domain} /> : <ScimUnavailableNotice />}
      <ConnectionsCard />
      {domain.scimAvailable && (
        <>
          <SetUpGuidesCard />
          <ScimCollectionCard domain={domain} />
        </>
      )}
    </>
  );
}
