import { useSearchParams } from 'react-router';
import { useRequestCounts, useRequestPages, useRequests } from '../api/requests';
import { Button } from '../components/controls/button';
import { LoadMore } from '../components/controls/load-more';
import { SelectField } from '../components/controls/select-field';
import { EmptyState } from '../components/display/empty-state';
import { ProblemNotice } from '../components/display/problem-notice';
import { ResultCount } from '../components/display/result-count';
import { Skeleton } from '../components/display/skeleton';
import { Time } from '../components/display/time';
import { ConnectionFilter } from '../connections/connection-filter';
import { PERIODS, periodOf, showOptions, toRequestFilter } from '../format/filters/request-filter';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { RequestCountsCard } from './request-counts-card';
import { RequestDialog } from './request-dialog';
import { RequestList } from './request-list';
import { useSelectedRequest } from './use-selected-request';
import { Message, t } from './messages';

export function RequestsPage() {
  const { domain } = useAccess();
  const [parameters, setParameters] = useSearchParams();
  const show = parameters.get('show') ?? 'all';
  const period = periodOf(parameters.get('period'));
  const filter = toRequestFilter(show, parameters.get('connection') ?? '');
  const requests = useRequests(domain.domainId, filter);
  const load = useRequestPages(domain.domainId, filter);
  const counts = useRequestCounts(domain.domainId, period, filter.connectionId);
  const rows = requests.data?.pages.flatMap(({ items }) => items) ?? [];
  const selected = useSelectedRequest(rows);
  const change = (name: string, value: string) =>
    setParameters(
      (current) => {
        if (value === '') current.delete(name);
        else current.set(name, value);
        return current;
      },
      { replace: true, preventScrollReset: true },
    );
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <>
      <PageHeader
        title={t('requests')}
        description={
          requests.dataUpdatedAt > 0 ? (
            <>
              <Message
                id="requestsUpdated"
                components={{ time: <Time at={new Date(requests.dataUpdatedAt).toISOString()} /> }}
              />
            </>
          ) : (
            t('requestsOfSevenDays')
          )
        }
        actions={
          <Button
            isPending={requests.isFetching || counts.isFetching}
            onPress={() => void Promise.all([requests.refetch(), counts.refetch()])}
          >
            {t('refresh')}
          </Button>
        }
      />
      <RequestCountsCard
        counts={counts}
        periodField={
          <SelectField
            label={t('period')}
            options={PERIODS}
            value={period}
            onChange={(next) => change('period', next)}
          />
        }
      />
      <div className="request-filter">
        <SelectField
          label={t('show')}
          options={showOptions(counts.data?.statuses ?? [], show)}
          value={toOption(show)}
          onChange={(option) => change('show', option.replace('status-', ''))}
        />
        <ConnectionFilter
          value={filter.connectionId ?? ''}
          onChange={(connectionId) => change('connection', connectionId)}
        />
      </div>
      {requests.error && <ProblemNotice error={requests.error} onRetry={() => void requests.refetch()} />}
      {requests.isPending && <Skeleton lines={8} />}
      {requests.data && rows.length === 0 && (
        <NoRequests isFiltered={isFiltered} hasMore={requests.hasNextPage} />
      )}
      {rows.length > 0 && (
        <>
          <ResultCount
            results={t('numberRequests', { count: rows.length })}
            hasMore={requests.hasNextPage}
            isStale={requests.isPlaceholderData}
          />
          <RequestList
            requests={rows}
            isStale={requests.isPlaceholderData}
            onShow={selected.open}
            load={load}
          />
        </>
      )}
      <LoadMore query={requests}>{t('showOlderRequests')}</LoadMore>
      <p className="subtle">{t('manySimilarRequestsArriveOne')}</p>
      {selected.request && (
        <RequestDialog key={selected.request.id} request={selected.request} onClose={selected.close} />
      )}
    </>
  );
}

const toOption = (show: string): string => (/^\d+$/.test(show) ? `status-${show}` : show);

function NoRequests({ isFiltered, hasMore }: { readonly isFiltered: boolean; readonly hasMore: boolean }) {
  if (!isFiltered) {
    return (
      <EmptyState icon="clock" title={t('noRequestsLastSevenDays')}>
        {t('testConnectionIdentityProviderRequests')}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="search" title={hasMore ? t('noMatchesSoFar') : t('noMatchingRequests')}>
      {hasMore ? t('showOlderRequestsToContinue') : t('chooseToShowAllRequests')}
    </EmptyState>
  );
}
