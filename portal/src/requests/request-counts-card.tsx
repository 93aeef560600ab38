import type { ReactNode } from 'react';
import type { useRequestCounts } from '../api/requests';
import type { RequestCounts } from '../api/schema';
import { Card } from '../components/display/card';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { DisclosureSection } from '../components/display/disclosure-section';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { longTime } from '../format/time';
import { RequestChart } from './request-chart';
import { t } from './messages';

interface RequestCountsCardProps {
  readonly counts: ReturnType<typeof useRequestCounts>;
  readonly periodField: ReactNode;
}

type Interval = RequestCounts['intervals'][number];

const COLUMNS: readonly Column<Interval>[] = [
  { title: t('from'), cell: ({ start }) => longTime(start), text: ({ start }) => start },
  { title: t('requests'), align: 'end', cell: ({ requests }) => requests },
  { title: t('refused'), align: 'end', cell: ({ refused }) => refused },
];

/** The requests and refusals over time, as a chart and as a table. */
export function RequestCountsCard({ counts, periodField }: RequestCountsCardProps) {
  const { data } = counts;
  return (
    <Card title={t('requestsOverTime')} description={data && describeCounts(data)} action={periodField}>
      {counts.error && <ProblemNotice error={counts.error} onRetry={() => void counts.refetch()} />}
      {counts.isPending && <Skeleton lines={3} />}
      {data && data.requests === 0 && <p className="subtle">{t('noRequestsInThisPeriod')}</p>}
      {data && data.requests > 0 && (
        <>
          <RequestChart counts={data} />
          <DisclosureSection title={t('showAsATable')}>
            <DataTable
              caption={t('requestsOverTime')}
              columns={COLUMNS}
              rows={data.intervals.filter(({ requests }) => requests > 0)}
              keyOf={({ start }) => start}
            />
          </DisclosureSection>
        </>
      )}
    </Card>
  );
}

function describeCounts({ requests, refused, complete }: RequestCounts): string {
  const total = t('requestsAndRefused', { count: requests, refused });
  return complete ? total : t('totalOldestRequestsNotCounted', { total });
}
