import { Navigate } from 'react-router';
import { useDomains, useMe } from '../api/domains';
import { ApiProblem } from '../api/client/problem';
import { CenteredPage } from '../layout/centered-page';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { DomainsPage } from './domains-page';
import { NoRolePage } from './no-role-page';
import { t } from './messages';

/**
 * Redirects to the user's only domain, or shows the list of domains. The operator of a deployment without
 * domains sees the first steps.
 */
export function StartPage() {
  const me = useMe();
  const domains = useDomains();
  // The API refuses this only to users without any role.
  if (me.error instanceof ApiProblem && me.error.status === 403) return <NoRolePage />;
  if (me.error) {
    return (
      <CenteredPage title={t('yourDomains')}>
        <ProblemNotice error={me.error} onRetry={() => void me.refetch()} />
      </CenteredPage>
    );
  }
  if (!me.data) {
    return (
      <CenteredPage title={t('yourDomains')}>
        <Skeleton />
      </CenteredPage>
    );
  }
  const [firstDomain, ...otherDomains] = me.data.domains;
  if (firstDomain && otherDomains.length === 0 && !me.data.operator) {
    return <Navigate to={`/domains/${firstDomain.domainId}/users`} replace />;
  }
  const isEmpty = domains.data?.pages.every(({ items, next }) => items.length === 0 && !next);
  if (me.data.operator && isEmpty) return <Navigate to="/first-run" replace />;
  return <DomainsPage />;
}
