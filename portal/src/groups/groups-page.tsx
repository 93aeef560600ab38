import { Link, useSearchParams } from 'react-router';
import { useGroups } from '../api/groups';
import type { Group } from '../api/schema';
import { useDebouncedValue } from '../browser/use-debounced-value';
import { LoadMore } from '../components/controls/load-more';
import { SearchField } from '../components/controls/search-field';
import { type Column, DataTable } from '../components/display/data-table';
import { EmptyState } from '../components/display/empty-state';
import { ProblemNotice } from '../components/display/problem-notice';
import { ResultCount } from '../components/display/result-count';
import { Skeleton } from '../components/display/skeleton';
import { Time } from '../components/display/time';
import { visible } from '../format/visible';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';

const number = new Intl.NumberFormat();

export function GroupsPage() {
  const { domain } = useAccess();
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('search') ?? '';
  const groups = useGroups(domain.domainId, useDebouncedValue(search.trim()));
  const rows = groups.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <PageHeader
        title="Groups"
        description="The groups that your identity provider pushes, and their members."
      />
      <div className="toolbar">
        <SearchField
          label="Search groups"
          placeholder="Group name"
          value={search}
          onChange={(text) => setParameters(text ? { search: text } : {}, { replace: true })}
        />
        {groups.data && (
          <ResultCount
            count={rows.length}
            noun="group"
            hasMore={groups.hasNextPage}
            isStale={groups.isPlaceholderData}
          />
        )}
      </div>
      {groups.error && <ProblemNotice error={groups.error} onRetry={() => void groups.refetch()} />}
      {groups.isPending && <Skeleton lines={6} />}
      {groups.data && rows.length === 0 && <NoGroups domainId={domain.domainId} search={search} />}
      {rows.length > 0 && (
        <DataTable
          caption="Groups"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ groupId }) => groupId}
          isStale={groups.isPlaceholderData}
        />
      )}
      <LoadMore query={groups}>Show more groups</LoadMore>
    </>
  );
}

const COLUMNS: readonly Column<Group>[] = [
  {
    title: 'Group',
    cell: ({ groupId, displayName }) => <Link to={groupId}>{visible(displayName)}</Link>,
  },
  { title: 'Members', cell: ({ memberCount }) => number.format(memberCount) },
  { title: 'Last change', cell: ({ lastModified }) => <Time at={lastModified} /> },
];

function NoGroups({ domainId, search }: { readonly domainId: string; readonly search: string }) {
  if (search) {
    return (
      <EmptyState icon="search" title={`No groups match “${search}”`}>
        Search for the beginning of a group name.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="people"
      title="No groups yet"
      action={
        <Link className="button button-secondary" to={`/domains/${domainId}/settings/scim`}>
          SCIM Provisioning
        </Link>
      }
    >
      Push groups from your identity provider to see them here.
    </EmptyState>
  );
}
