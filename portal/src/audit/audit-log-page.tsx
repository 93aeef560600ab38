import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useAuditEvents, useAuditPages } from '../api/audit';
import { AuditEventList, EVENT_PARAMETER } from './audit-event-list';
import { AuditFilters } from './audit-filters';
import { EmptyState } from '../components/display/empty-state';
import { LoadMore } from '../components/controls/load-more';
import { PageHeader } from '../layout/page-header';
import { ProblemNotice } from '../components/display/problem-notice';
import { ResultCount } from '../components/display/result-count';
import { Skeleton } from '../components/display/skeleton';
import { useDebouncedValue } from '../browser/use-debounced-value';
import { parseAuditFilter, toApiFilter } from '../format/filters/audit-filter';
import { useAccess } from '../session/access';
import { AuditEventDialog } from './audit-event-dialog';
import { ExportAuditButton } from './export-audit-button';
import { t } from './messages';

export function AuditLogPage() {
  const { domain } = useAccess();
  const [parameters, setParameters] = useSearchParams();
  const filter = toApiFilter(
    parseAuditFilter(new URLSearchParams(useDebouncedValue(withoutEventParameter(parameters)))),
  );
  const events = useAuditEvents(domain.domainId, filter);
  const load = useAuditPages(domain.domainId, filter);
  const selected = useSelectedEvent();
  const rows = events.data?.pages.flatMap(({ items }) => items) ?? [];
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <PageHeader
        title={t('auditLog')}
        description={t('allChangesRefusedRequestsMade')}
        actions={<ExportAuditButton filter={filter} />}
      />
      <AuditFilters
        filter={parseAuditFilter(parameters)}
        onChange={(next) => setParameters(next, { replace: true })}
      />
      {events.error && <ProblemNotice error={events.error} onRetry={() => void events.refetch()} />}
      {events.isPending && <Skeleton lines={8} />}
      {events.data && rows.length === 0 && <NoEvents isFiltered={isFiltered} hasMore={events.hasNextPage} />}
      {rows.length > 0 && (
        <>
          <ResultCount
            results={t('numberEvents', { count: rows.length })}
            hasMore={events.hasNextPage}
            isStale={events.isPlaceholderData}
          />
          <AuditEventList events={rows} isStale={events.isPlaceholderData} load={load} />
        </>
      )}
      <LoadMore query={events}>{isFiltered ? t('searchOlderEvents') : t('showOlderEvents')}</LoadMore>
      {selected.eventId && (
        <AuditEventDialog
          key={selected.eventId}
          eventId={selected.eventId}
          listedEvent={rows.find(({ eventId }) => eventId === selected.eventId)}
          onClose={selected.close}
        />
      )}
    </>
  );
}

function withoutEventParameter(parameters: URLSearchParams): string {
  const filter = new URLSearchParams(parameters);
  filter.delete(EVENT_PARAMETER);
  return filter.toString();
}

/**
 * Returns the selected event. It is part of the address, so that users can share it or close it by going
 * back.
 */
function useSelectedEvent() {
  const [parameters, setParameters] = useSearchParams();
  const navigate = useNavigate();
  const state = useLocation().state as { readonly opened?: boolean } | null;
  return {
    eventId: parameters.get(EVENT_PARAMETER),
    close: () =>
      state?.opened
        ? void navigate(-1)
        : setParameters(withoutEventParameter(parameters), { replace: true, preventScrollReset: true }),
  };
}

function NoEvents({ isFiltered, hasMore }: { readonly isFiltered: boolean; readonly hasMore: boolean }) {
  if (!isFiltered) {
    return (
      <EmptyState icon="clock" title={t('noEventsYet')}>
        {t('changesIdentityProviderAdministratorsAppear')}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="search" title={hasMore ? t('noMatchesSoFar') : t('noMatchingEvents')}>
      {hasMore ? t('searchOlderEventsToContinue') : t('chooseLongerPeriodClearFilter')}
    </EmptyState>
  );
}
