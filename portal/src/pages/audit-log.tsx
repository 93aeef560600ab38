import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useAuditEvents, useExportAuditEvents } from '../api/audit';
import type { AuditEvent } from '../api/schema';
import { AuditEventList } from '../components/audit-event-list';
import { AuditFilters } from '../components/audit-filters';
import { Button } from '../components/button';
import { EmptyState } from '../components/empty-state';
import { LoadMore } from '../components/load-more';
import { PageHeader } from '../components/page-header';
import { ProblemNotice } from '../components/problem-notice';
import { saveFile } from '../components/save-file';
import { Skeleton } from '../components/skeleton';
import { readAuditFilter, toApiFilter } from '../format/audit-filter';
import { useAccess } from '../session/access';
import { AuditEventDialog } from './audit-event-dialog';

export function AuditLog() {
  const { domain } = useAccess();
  const [parameters, setParameters] = useSearchParams();
  const chosen = readAuditFilter(parameters);
  const filter = toApiFilter(chosen);
  const events = useAuditEvents(domain.domainId, filter);
  const exporting = useExportAuditEvents(domain.domainId);
  const [shown, setShown] = useState<AuditEvent>();
  const rows = events.data?.pages.flatMap(({ items }) => items) ?? [];
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change, who made it, and every request that was refused."
        actions={
          <Button
            icon="download"
            isPending={exporting.isPending}
            onPress={() =>
              exporting.mutate(filter, {
                onSuccess: (file) => saveFile(file, `audit-${domain.name.replace(/\W+/g, '-')}.jsonl`),
              })
            }
          >
            Export
          </Button>
        }
      />
      <AuditFilters filter={chosen} onChange={(next) => setParameters(next, { replace: true })} />
      {exporting.error && <ProblemNotice error={exporting.error} />}
      {events.error && <ProblemNotice error={events.error} onRetry={() => void events.refetch()} />}
      {events.isPending && <Skeleton lines={8} />}
      {events.data && rows.length === 0 && <NoEvents isFiltered={isFiltered} hasMore={events.hasNextPage} />}
      {rows.length > 0 && (
        <AuditEventList events={rows} isStale={events.isPlaceholderData} onShow={setShown} />
      )}
      <LoadMore query={events}>{isFiltered ? 'Look further back' : 'Show older events'}</LoadMore>
      <AuditEventDialog event={shown} onClose={() => setShown(undefined)} />
    </>
  );
}

function NoEvents({ isFiltered, hasMore }: { readonly isFiltered: boolean; readonly hasMore: boolean }) {
  if (!isFiltered) {
    return (
      <EmptyState icon="clock" title="Nothing has happened yet">
        Changes by your identity provider and by administrators are listed here.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="search" title={hasMore ? 'Nothing found so far' : 'Nothing matches'}>
      {hasMore ? 'Older events have not been looked at yet.' : 'Choose a longer time, or clear a filter.'}
    </EmptyState>
  );
}
