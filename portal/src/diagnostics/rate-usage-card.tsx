import { useRateUsage } from '../api/readiness';
import type { Domain, RateUsage } from '../api/schema';
import { Card } from '../components/display/card';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { UsageChart } from './usage-chart';
import { RATE_PLANS } from '../format/labels';

export function RateUsageCard({ domain }: { readonly domain: Domain }) {
  const usage = useRateUsage(domain.domainId);
  return (
    <Card title="Requests in the last hour" description={usage.data && describeLimit(usage.data)}>
      {usage.error && <ProblemNotice error={usage.error} onRetry={() => void usage.refetch()} />}
      {usage.isPending && <Skeleton lines={3} />}
      {usage.data?.limit && usage.data.minutes.length > 0 && (
        <UsageChart
          minutes={usage.data.minutes}
          perMinute={usage.data.limit.perMinute}
          now={usage.dataUpdatedAt}
        />
      )}
      {usage.data?.limit && usage.data.minutes.length === 0 && (
        <p className="subtle">No requests in the last hour.</p>
      )}
    </Card>
  );
}

function describeLimit({ ratePlan, limit }: RateUsage): string {
  const plan = `The ${RATE_PLANS[ratePlan]} plan`;
  if (!limit) return `${plan} has no limit. Requests are not counted.`;
  return `${plan} allows ${limit.perMinute} requests per minute and ${limit.perTenSeconds} per ten seconds.`;
}
