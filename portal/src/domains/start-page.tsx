import { Navigate } from 'react-router';
import { useMe } from '../api/domains';
import { CenteredPage } from '../layout/centered-page';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { DomainsPage } from './domains-page';

/** Leads to the only domain, or to the choice of one. */
export function StartPage() {
  const me = useMe();
  if (me.error) {
    return (
      <CenteredPage title="Your domains">
        <ProblemNotice error={me.error} onRetry={() => void me.refetch()} />
      </CenteredPage>
    );
  }
  if (!me.data) {
    return (
      <CenteredPage title="Your domains">
        <Skeleton />
      </CenteredPage>
    );
  }
  const [only, ...others] = me.data.domains;
  if (only && others.length === 0 && !me.data.operator) {
    return <Navigate to={`/domains/${only.domainId}/users`} replace />;
  }
  return <DomainsPage />;
}
