import { Outlet, useParams } from 'react-router';
import { useDomain, useMe } from '../api/domains';
import type { Me, Role } from '../api/schema';
import { PageHeader } from '../layout/page-header';
import { ProblemNotice } from '../components/display/problem-notice';
import { ReadinessHint } from '../diagnostics/readiness-hint';
import { Skeleton } from '../components/display/skeleton';
import { TabLinks } from '../layout/tab-links';
import { TopBar } from '../layout/top-bar';
import { AccessContext } from '../session/access';
import { t } from './messages';

/** The frame of all pages of a domain. */
export function DomainLayout() {
  const { domainId = '' } = useParams();
  const me = useMe();
  const domain = useDomain(domainId);
  const role = me.data && roleInDomain(me.data, domainId);
  // A domain stays on the page if a later request fails.
  const isLoaded = domain.data !== undefined && role !== undefined;
  const error = domain.error ?? me.error;
  return (
    <>
      <TopBar
        domainName={domain.data?.name}
        role={domain.data && role}
        hint={domain.data && <ReadinessHint domainId={domainId} />}
        hasOtherDomains={me.data && (me.data.operator || me.data.domains.length > 1)}
      />
      <TabLinks
        label={t('domain')}
        links={[
          [`/domains/${domainId}/users`, t('users')],
          [`/domains/${domainId}/groups`, t('groups')],
          [`/domains/${domainId}/requests`, t('requests')],
          [`/domains/${domainId}/audit-log`, t('auditLog')],
          [`/domains/${domainId}/settings`, t('settings')],
        ]}
      />
      <main className="page" id="main" tabIndex={-1}>
        {error && !isLoaded && (
          <>
            <PageHeader title={t('thisDomainCannotBeShown')} />
            <ProblemNotice
              error={error}
              onRetry={() => {
                void me.refetch();
                void domain.refetch();
              }}
            />
          </>
        )}
        {!error && !isLoaded && <Skeleton lines={6} />}
        {domain.data && role && (
          <AccessContext value={{ domain: domain.data, role }}>
            <Outlet />
          </AccessContext>
        )}
      </main>
    </>
  );
}

function roleInDomain(me: Me, domainId: string): Role {
  if (me.operator) return 'operator';
  return me.domains.find((domain) => domain.domainId === domainId)?.role ?? 'viewer';
}
