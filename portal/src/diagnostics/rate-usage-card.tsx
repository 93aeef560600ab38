import { useRateUsage } from '../api/readiness';
import type { Domain, RateUsage } from '../api/schema';
import { Card } from '../components/display/card';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { UsageChart } from './usage-chart';
import { RATE_PLANS } from '../format/labels';
import { type ConnectionUsage, usageByConnection } from '../format/rate-usage';
import { visible } from '../format/visible';
import { t } from './messages';

export function RateUsageCard({ domain }: { readonly domain: Domain }) {
  const usage = useRateUsage(domain.domainId);
  return (
    <Card title={t('requestsInTheLastHour')} description={usage.data && describeLimit(usage.data)}>
      {usage.error && <ProblemNotice error={usage.error} onRetry={() => void usage.refetch()} />}
      {usage.isPending && <Skeleton lines={3} />}
      {usage.data?.limit && usage.data.minutes.length > 0 && (
        <UsageChart
          minutes={usage.data.minutes}
          perMinute={usage.data.limit.perMinute}
          now={usage.dataUpdatedAt}
        />
      )}
      {usage.data && <ConnectionUsageTable usage={usage.data} />}
      {usage.data?.limit && usage.data.minutes.length === 0 && (
        <p className="subtle">{t('noRequestsLastHour')}</p>
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<ConnectionUsage>[] = [
  { title: t('connection'), cell: ({ name }) => visible(name) },
  { title: t('requests'), align: 'end', cell: ({ requests }) => requests },
];

/** Shows which connection used the limit. All connections share it. */
function ConnectionUsageTable({ usage }: { readonly usage: RateUsage }) {
  const rows = usageByConnection(usage);
  if (rows.length === 0) return null;
  return (
    <DataTable
      caption={t('requestsLastHourConnection')}
      exportAs={{ name: t('requests') }}
      columns={COLUMNS}
      rows={rows}
      keyOf={({ connectionId }) => connectionId}
    />
  );
}

function describeLimit({ ratePlan, limit }: RateUsage): string {
  const plan = RATE_PLANS[ratePlan];
  return limit ? t('planAllows', { plan, ...limit }) : t('planWithoutLimit', { plan });
}
