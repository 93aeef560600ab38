import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { ConnectionsCard } from '../connections/connections-card';
import { ScimCollectionCard } from './scim-collection-card';
import { ScimSwitchCard } from './scim-switch-card';
import { ScimUnavailableNotice } from './scim-unavailable-notice';
import { SetUpGuidesCard } from './set-up-guides-card';

export function ScimProvisioningPage() {
  const { domain } = useAccess();
  return (
    <>
      <PageHeader
        title="SCIM Provisioning"
        description="Your identity provider sends its users to this domain. Each active user gets a license."
      />
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
