import { Link, useSearchParams } from 'react-router';
import { useUserPages, useUsers } from '../api/users';
import { useDebouncedValue } from '../browser/use-debounced-value';
import { Button } from '../components/controls/button';
import { LoadMore } from '../components/controls/load-more';
import { SearchField } from '../components/controls/search-field';
import { DataTable } from '../components/display/data-table';
import { EmptyState } from '../components/display/empty-state';
import { ProblemNotice } from '../components/display/problem-notice';
import { ResultCount } from '../components/display/result-count';
import { Skeleton } from '../components/display/skeleton';
import { DomainCounts } from '../domains/domain-counts';
import { parseUserFilter, userFilterParameters } from '../format/filters/user-filter';
import { PageHeader } from '../layout/page-header';
import { UserListActions } from '../managed-users/user-list-actions';
import { useAccess } from '../session/access';
import { userColumns } from './user-columns';
import { UserFilters } from './user-filters';
import { t } from './messages';

const COLUMNS = userColumns('');

export function UsersPage() {
  const { domain } = useAccess();
  const [parameters, setParameters] = useSearchParams();
  const filter = parseUserFilter(parameters);
  const { search = '', inNames = false, ...licenseFilter } = filter;
  const text = useDebouncedValue(search.trim());
  const apiFilter = { ...licenseFilter, ...(inNames ? { name: text } : { search: text }) };
  const users = useUsers(domain.domainId, apiFilter);
  const load = useUserPages(domain.domainId, apiFilter);
  const rows = users.data?.pages.flatMap(({ items }) => items) ?? [];
  const isFiltered = Object.values(licenseFilter).some((value) => value !== undefined);
  const change = (part: typeof filter) =>
    setParameters(userFilterParameters({ ...filter, ...part }), { replace: true, preventScrollReset: true });
  return (
    <>
      <PageHeader
        title={t('users')}
        description={t('allUsersIdentityProviderTheir')}
        actions={<UserListActions />}
      />
      <DomainCounts domain={domain} />
      <div className="user-toolbar">
        <SearchField
          label={t('searchUsers')}
          placeholder={t('usernameOrEmail')}
          value={search}
          onChange={(typed) => change({ search: typed, inNames: undefined })}
        />
        <UserFilters filter={filter} onChange={change} />
      </div>
      {users.data && (
        <ResultCount
          results={t('numberUsers', { count: rows.length })}
          hasMore={users.hasNextPage}
          isStale={users.isPlaceholderData}
        />
      )}
      {users.error && <ProblemNotice error={users.error} onRetry={() => void users.refetch()} />}
      {users.isPending && <Skeleton lines={8} />}
      {users.data && rows.length === 0 && (
        <NoUsers
          search={search}
          inNames={inNames}
          onSearchNames={() => change({ inNames: true })}
          isFiltered={isFiltered}
          hasMore={users.hasNextPage}
        />
      )}
      {rows.length > 0 && (
        <DataTable
          caption={t('users')}
          columns={COLUMNS}
          rows={rows}
          keyOf={({ userId }) => userId}
          isStale={users.isPlaceholderData}
          isRowLinked
          exportAs={{ name: t('users'), load }}
        />
      )}
      <LoadMore query={users}>{t('showMoreUsers')}</LoadMore>
    </>
  );
}

interface NoUsersProps {
  readonly search: string;
  readonly inNames: boolean;
  readonly onSearchNames: () => void;
  readonly isFiltered: boolean;
  readonly hasMore: boolean;
}

function NoUsers({ search, inNames, onSearchNames, isFiltered, hasMore }: NoUsersProps) {
  if (search && !inNames) {
    return (
      <EmptyState
        icon="search"
        title={t('noUsernameBeginsWith', { search })}
        action={
          <Button variant="primary" onPress={onSearchNames}>
            {t('searchNames')}
          </Button>
        }
      >
        {t('searchNamesReadsAllUsers')}
      </EmptyState>
    );
  }
  if (isFiltered || (search && hasMore)) {
    return (
      <EmptyState icon="search" title={hasMore ? t('noMatchesSoFar') : t('noMatchingUsers')}>
        {hasMore ? t('showMoreUsersToContinue') : t('changeFiltersSeeOtherUsers')}
      </EmptyState>
    );
  }
  if (search) {
    return (
      <EmptyState icon="search" title={t('noNameContains', { search })}>
        {t('checkSpelling')}
      </EmptyState>
    );
  }
  return <NoUsersYet />;
}

/** An empty domain: owners connect an identity provider if SCIM is available, or add users manually. */
function NoUsersYet() {
  const { domain, mayChange } = useAccess();
  const { domainId, scimAvailable } = domain;
  if (!mayChange)
    return (
      <EmptyState icon="people" title={t('noUsersYet')}>
        {scimAvailable ? t('usersAppearWhenAdded') : t('usersAppearWhenOwnersAdd')}
      </EmptyState>
    );
  if (!scimAvailable)
    return (
      <EmptyState
        icon="people"
        title={t('noUsersYet')}
        action={
          <div className="page-actions">
            <UserListActions />
          </div>
        }
      >
        {t('usersAppearWhenCreated')}
      </EmptyState>
    );
  return (
    <EmptyState
      icon="people"
      title={t('noUsersYet')}
      action={
        <Link className="button button-primary" to={`/domains/${domainId}/settings/scim`}>
          {t('connectYourIdentityProvider')}
        </Link>
      }
    >
      {t('usersAppearWhenIdentityProvider')}
    </EmptyState>
  );
}
