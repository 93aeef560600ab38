import { Navigate } from 'react-router';
import { useMe } from '../api/domains';
import { CentredPage } from '../layout/centered-page';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Domains } from './domains-page';

/** Leads to the only domain, or to the choice of one. */
export function Start() {
  const me = useMe();
  if (me.error) {
    return (
      <CentredPage title="Your domains">
        <ProblemNotice error={me.error} onRetry={() => void me.refetch()} />
      </CentredPage>
    );
  }
  if (!me.data) {
    return (
      <CentredPage title="Your domains">
        <Skeleton />
      </CentredPage>
    );
  }
  const [only, ...others] = me.data.domains;
  if (only && others.length === 0 && !me.data.operator) {
    return <Navigate to={`/domains/${only.domainId}/users`} replace />;
  }
  return <Domains />;
}
