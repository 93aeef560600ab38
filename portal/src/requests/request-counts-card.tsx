import type { ReactNode } from 'react';
import type { useRequestCounts } from '../api/requests';
import type { RequestCounts } from '../api/schema';
import { Card } from '../components/display/card';
import { type Column, DataTable } from '../components/display/data-table';
import { DisclosureSection } from '../components/display/disclosure-section';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { longTime } from '../format/time';
import { RequestChart } from './request-chart';

interface RequestCountsCardProps {
  readonly counts: ReturnType<typeof useRequestCounts>;
  readonly periodField: ReactNode;
}

type Interval = RequestCounts['intervals'][number];

const COLUMNS: readonly Column<Interval>[] = [
  { title: 'From', cell: ({ start }) => longTime(start) },
  { title: 'Requests', align: 'end', cell: ({ requests }) => requests },
  { title: 'Refused', align: 'end', cell: ({ refused }) => refused },
];

/** The requests and refusals over time, as a chart and as a table. */
export function RequestCountsCard({ counts, periodField }: RequestCountsCardProps) {
  const { data } = counts;
  return (
    <Card title="Requests over time" description={data && describeCounts(data)} action={periodField}>
      {counts.error && <ProblemNotice error={counts.error} onRetry={() => void counts.refetch()} />}
      {counts.isPending && <Skeleton lines={3} />}
      {data && data.requests === 0 && <p className="subtle">No requests in this period.</p>}
      {data && data.requests > 0 && (
        <>
          <RequestChart counts={data} />
          <DisclosureSection title="Show as a table">
            <DataTable
              caption="Requests over time"
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
  const total = `${requests} ${requests === 1 ? 'request' : 'requests'}, ${refused} refused.`;
  return complete ? total : `${total} The oldest requests are not counted, because there are very many.`;
}
