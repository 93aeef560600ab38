import { EmptyState } from '../components/display/empty-state';
import { PageHeader } from '../layout/page-header';
import { TopBar } from '../layout/top-bar';

/** Tells a user whom the API refuses everything what to do. */
export function NoRolePage() {
  return (
    <>
      <TopBar />
      <main className="page page-narrow" id="main" tabIndex={-1}>
        <PageHeader title="Your domains" />
        <EmptyState icon="people" title="You have no role yet">
          Ask an owner of your domain, or the operator, to invite your email address. Then sign out, and sign
          in again with this address.
        </EmptyState>
      </main>
    </>
  );
}
