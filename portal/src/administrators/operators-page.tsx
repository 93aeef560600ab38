import { PageHeader } from '../layout/page-header';
import { TopBar } from '../layout/top-bar';
import { AdministratorsCard } from './administrators-card';
import { InvitationsCard } from './invitations-card';
import { t } from './messages';

/** Shows the operators of the deployment, who can invite and remove each other. */
export function OperatorsPage() {
  return (
    <>
      <TopBar role="operator" />
      <main className="page page-narrow" id="main" tabIndex={-1}>
        <PageHeader title={t('operators')} description={t('operatorSeeChangeAllDomains')} />
        <AdministratorsCard domainId={undefined} mayChange />
        <InvitationsCard domainId={undefined} mayChange />
      </main>
    </>
  );
}
