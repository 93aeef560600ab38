import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { AdministratorsCard } from './administrators-card';
import { InvitationsCard } from './invitations-card';
import { MappedAdministratorsCard } from './mapped-administrators-card';
import { t } from './messages';

/** Shows who administers the domain. Owners invite, change, and remove administrators here. */
export function AdministratorsPage() {
  const { domain, mayChange } = useAccess();
  const { domainId } = domain;
  return (
    <>
      <PageHeader title={t('administrators')} description={t('ownerChangeDomainViewerOnly')} />
      <AdministratorsCard domainId={domainId} mayChange={mayChange} />
      <MappedAdministratorsCard domainId={domainId} mayChange={mayChange} />
      <InvitationsCard domainId={domainId} mayChange={mayChange} />
    </>
  );
}
