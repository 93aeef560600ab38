import { Link, useSearchParams } from 'react-router';
import type { User } from '../api/schema';
import { useUsers } from '../api/users';
import { type Column, DataTable } from '../components/display/data-table';
import { EmptyState } from '../components/display/empty-state';
import { LoadMore } from '../components/controls/load-more';
import { PageHeader } from '../layout/page-header';
import { ProblemNotice } from '../components/display/problem-notice';
import { ResultCount } from '../components/display/result-count';
import { SearchField } from '../components/controls/search-field';
import { DomainCounts } from '../domains/domain-counts';
import { Skeleton } from '../components/display/skeleton';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { useDebouncedValue } from '../browser/use-debounced-value';
import { licenseStatusLabel, mailProblemLabel } from '../format/labels';
import { useAccess } from '../session/access';
import { visible } from '../format/visible';

export function UsersPage() {
  const { domain } = useAccess();
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('search') ?? '';
  const users = useUsers(domain.domainId, useDebouncedValue(search.trim()));
  const rows = users.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <PageHeader title="Users" description="All users from your identity provider, and their licenses." />
      <DomainCounts domain={domain} />
      <div className="toolbar">
        <SearchField
          label="Search users"
          placeholder="Username or email address"
          value={search}
          onChange={(text) => setParameters(text ? { search: text } : {}, { replace: true })}
        />
        {users.data && (
          <ResultCount
            count={rows.length}
            noun="user"
            hasMore={users.hasNextPage}
            isStale={users.isPlaceholderData}
          />
        )}
      </div>
      {users.error && <ProblemNotice error={users.error} onRetry={() => void users.refetch()} />}
      {users.isPending && <Skeleton lines={8} />}
      {users.data && rows.length === 0 && <NoUsers domainId={domain.domainId} search={search} />}
      {rows.length > 0 && (
        <DataTable
          caption="Users"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ userId }) => userId}
          isStale={users.isPlaceholderData}
        />
      )}
      <LoadMore query={users}>Show more users</LoadMore>
    </>
  );
}

const COLUMNS: readonly Column<User>[] = [
  {
    title: 'User',
    cell: (user) => (
      <span className="two-lines">
        <Link to={user.userId}>{visible(user.displayName ?? user.userName)}</Link>
        <span className="subtle">{visible(user.userName)}</span>
      </span>
    ),
  },
  {
    title: 'License',
    cell: (user) => {
      const { tone, text } = licenseStatusLabel(user);
      return <Tag tone={tone}>{text}</Tag>;
    },
  },
  { title: 'Type', cell: ({ license }) => license?.userType ?? '–' },
  {
    title: 'Email',
    cell: (user) => {
      const problem = mailProblemLabel(user);
      return problem ? (
        <Tag tone={problem.tone}>{problem.text}</Tag>
      ) : (
        <span className="subtle desktop-only">No problem</span>
      );
    },
  },
  { title: 'Last change', cell: ({ lastModified }) => <Time at={lastModified} /> },
];

function NoUsers({ domainId, search }: { readonly domainId: string; readonly search: string }) {
  if (search) {
    return (
      <EmptyState icon="search" title={`No users match “${search}”`}>
        Search for the beginning of a username or for a complete email address.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="people"
      title="No users yet"
      action={
        <Link className="button button-primary" to={`/domains/${domainId}/settings/scim`}>
          Connect your identity provider
        </Link>
      }
    >
      Users appear here when your identity provider sends them.
    </EmptyState>
  );
}
