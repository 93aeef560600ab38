import { useState } from 'react';
import { Link } from 'react-router';
import { useDomains, useMe } from '../api/domains';
import { Button } from '../components/controls/button';
import { EmptyState } from '../components/display/empty-state';
import { Icon } from '../components/display/icon';
import { LoadMore } from '../components/controls/load-more';
import { PageHeader } from '../layout/page-header';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { TopBar } from '../layout/top-bar';
import { CreateDomainDialog } from './create-domain-dialog';

/** Lists the user's domains. Operators can create domains here. */
export function DomainsPage() {
  const me = useMe();
  const domains = useDomains();
  const [creating, setCreating] = useState(false);
  const rows = domains.data?.pages.flatMap(({ items }) => items) ?? [];
  const isOperator = me.data?.operator ?? false;
  return (
    <>
      <TopBar role={isOperator ? 'operator' : undefined} />
      <main className="page page-narrow" id="main" tabIndex={-1}>
        <PageHeader
          title="Your domains"
          description="A domain is one organization with its users, licenses, and connections."
          actions={
            isOperator && (
              <>
                <Link className="button button-secondary" to="/operators">
                  Operators
                </Link>
                <Link className="button button-secondary" to="/first-run">
                  First steps
                </Link>
                <Button variant="primary" icon="plus" onPress={() => setCreating(true)}>
                  Create domain
                </Button>
              </>
            )
          }
        />
        {domains.error && <ProblemNotice error={domains.error} onRetry={() => void domains.refetch()} />}
        {domains.isPending && <Skeleton lines={4} />}
        {domains.data && rows.length === 0 && <NoDomains isOperator={isOperator} />}
        {rows.length > 0 && (
          <ul className="domain-list">
            {rows.map(({ domainId, name }) => (
              <li key={domainId}>
                <Link to={`/domains/${domainId}/users`}>
                  <span className="domain-list-name">{name}</span>
                  <span className="domain-list-id">{domainId}</span>
                  <Icon name="chevronRight" />
                </Link>
              </li>
            ))}
          </ul>
        )}
        <LoadMore query={domains}>Show more domains</LoadMore>
      </main>
      {creating && <CreateDomainDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function NoDomains({ isOperator }: { readonly isOperator: boolean }) {
  return (
    <EmptyState icon="people" title={isOperator ? 'No domains yet' : 'You have no domain yet'}>
      {isOperator
        ? 'Create a domain for your first organization.'
        : 'Ask the person who gave you access to make you an owner or viewer of your domain. Then sign in again.'}
    </EmptyState>
  );
}
