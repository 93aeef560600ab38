import { Link, useSearchParams } from 'react-router';
import { useGroupPages, useGroups } from '../api/groups';
import type { Group } from '../api/schema';
import { useDebouncedValue } from '../browser/use-debounced-value';
import { LoadMore } from '../components/controls/load-more';
import { SearchField } from '../components/controls/search-field';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { EmptyState } from '../components/display/empty-state';
import { ProblemNotice } from '../components/display/problem-notice';
import { ResultCount } from '../components/display/result-count';
import { Skeleton } from '../components/display/skeleton';
import { Time } from '../components/display/time';
import { visible } from '../format/visible';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { formatNumber } from '../i18n/catalog';
import { t } from './messages';

export function GroupsPage() {
  const { domain } = useAccess();
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('search') ?? '';
  const wanted = useDebouncedValue(search.trim());
  const groups = useGroups(domain.domainId, wanted);
  const load = useGroupPages(domain.domainId, wanted);
  const rows = groups.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <PageHeader title={t('groups')} description={t('groupsIdentityProviderPushesTheir')} />
      <div className="toolbar">
        <SearchField
          label={t('searchGroups')}
          placeholder={t('groupName')}
          value={search}
          onChange={(text) => setParameters(text ? { search: text } : {}, { replace: true })}
        />
        {groups.data && (
          <ResultCount
            results={t('numberGroups', { count: rows.length })}
            hasMore={groups.hasNextPage}
            isStale={groups.isPlaceholderData}
          />
        )}
      </div>
      {groups.error && <ProblemNotice error={groups.error} onRetry={() => void groups.refetch()} />}
      {groups.isPending && <Skeleton lines={6} />}
      {groups.data && rows.length === 0 && <NoGroups search={search} />}
      {rows.length > 0 && (
        <DataTable
          caption={t('groups')}
          columns={COLUMNS}
          rows={rows}
          keyOf={({ groupId }) => groupId}
          isStale={groups.isPlaceholderData}
          isRowLinked
          exportAs={{ name: t('groups'), load }}
        />
      )}
      <LoadMore query={groups}>{t('showMoreGroups')}</LoadMore>
    </>
  );
}

const COLUMNS: readonly Column<Group>[] = [
  {
    title: t('group'),
    text: ({ displayName }) => displayName,
    cell: ({ groupId, displayName }) => <Link to={groupId}>{visible(displayName)}</Link>,
  },
  {
    title: t('members'),
    cell: ({ memberCount }) => formatNumber(memberCount),
    text: ({ memberCount }) => memberCount,
  },
  {
    title: t('lastChange'),
    cell: ({ lastModified }) => <Time at={lastModified} />,
    text: ({ lastModified }) => lastModified,
  },
];

function NoGroups({ search }: { readonly search: string }) {
  const { domain, mayChange } = useAccess();
  if (search) {
    return (
      <EmptyState icon="search" title={t('noGroupsMatchSearch', { search })}>
        {t('searchBeginningGroupName')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="people"
      title={t('noGroupsYet')}
      action={
        mayChange &&
        domain.scimAvailable && (
          <Link className="button button-secondary" to={`/domains/${domain.domainId}/settings/scim`}>
            {t('scimProvisioning')}
          </Link>
        )
      }
    >
      {groupsText(domain.scimAvailable, mayChange)}
    </EmptyState>
  );
}

function groupsText(isScimAvailable: boolean, mayChange: boolean): string {
  if (!isScimAvailable) return t('groupsNeedScim');
  return mayChange ? t('pushGroupsIdentityProviderSee') : t('groupsAppearWhenPushed');
}
