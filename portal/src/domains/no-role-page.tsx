import { EmptyState } from '../components/display/empty-state';
import { PageHeader } from '../layout/page-header';
import { TopBar } from '../layout/top-bar';
import { t } from './messages';

/** Tells a user whom the API refuses everything what to do. */
export function NoRolePage() {
  return (
    <>
      <TopBar />
      <main className="page page-narrow" id="main" tabIndex={-1}>
        <PageHeader title={t('yourDomains')} />
        <EmptyState icon="people" title={t('youHaveNoRoleYet')}>
          {t('askOwnerDomainOperatorInvite')}
        </EmptyState>
      </main>
    </>
  );
}
