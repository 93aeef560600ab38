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
import { t } from './messages';

/** Lists the user's domains. Operators can create domains here. */
export function DomainsPage() {
  const me = useMe();
  const domains = useDomains();
  const [creating, setCreating] = useState(false);
  const rows = domains.data?.pages.flatMap(({ items }) => items) ?? [];
  const isOperator = me.data?.operator ?? false;
  // Without the role, the page can show the domains, but not what the user can do.
  const error = domains.error ?? (me.data ? null : me.error);
  const isLoading = domains.isPending || (me.isPending && rows.length === 0);
  return (
    <>
      <TopBar role={isOperator ? 'operator' : undefined} />
      <main className="page page-narrow" id="main" tabIndex={-1}>
        <PageHeader
          title={t('yourDomains')}
          description={t('domainOneOrganizationUsersLicenses')}
          actions={
            isOperator && (
              <>
                <Link className="button button-secondary" to="/operators">
                  {t('operators')}
                </Link>
                <Link className="button button-secondary" to="/first-run">
                  {t('firstSteps')}
                </Link>
                <Button variant="primary" icon="plus" onPress={() => setCreating(true)}>
                  {t('createDomain')}
                </Button>
              </>
            )
          }
        />
        {error && (
          <ProblemNotice
            error={error}
            onRetry={() => {
              void me.refetch();
              void domains.refetch();
            }}
          />
        )}
        {isLoading && <Skeleton lines={4} />}
        {me.data && domains.data && rows.length === 0 && <NoDomains isOperator={isOperator} />}
        {rows.length > 0 && (
          <ul className="domain-list">
            {rows.map(({ domainId, name }) => (
              <li key={domainId}>
                <Link to={`/domains/${domainId}/users`}>
                  <span className="domain-list-name" translate="no">
                    {name}
                  </span>
                  <span className="domain-list-id" translate="no">
                    {domainId}
                  </span>
                  <Icon name="chevronRight" />
                </Link>
              </li>
            ))}
          </ul>
        )}
        <LoadMore query={domains}>{t('showMoreDomains')}</LoadMore>
      </main>
      {creating && <CreateDomainDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function NoDomains({ isOperator }: { readonly isOperator: boolean }) {
  return (
    <EmptyState icon="people" title={isOperator ? t('noDomainsYet') : t('youHaveNoDomainYet')}>
      {isOperator ? t('createDomainFirstOrganization') : t('askPersonGaveAccessMake')}
    </EmptyState>
  );
}
