import { PageHeader } from '../layout/page-header';
import { TopBar } from '../layout/top-bar';
import { AdministratorsCard } from './administrators-card';
import { InvitationsCard } from './invitations-card';

/** Shows the operators of the deployment, who can invite and remove each other. */
export function OperatorsPage() {
  return (
    <>
      <TopBar role="operator" />
      <main className="page page-narrow" id="main" tabIndex={-1}>
        <PageHeader
          title="Operators"
          description="An operator can see and change all domains of the service. A member of the group “operator” of the user pool appears here after signing in once."
        />
        <AdministratorsCard domainId={undefined} mayChange />
        <InvitationsCard domainId={undefined} mayChange />
      </main>
    </>
  );
}
