import { useState } from 'react';
import { useLicenseUsage } from '../api/license-usage';
import type { Domain } from '../api/schema';
import { SelectField } from '../components/controls/select-field';
import { Card } from '../components/display/card';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { DisclosureSection } from '../components/display/disclosure-section';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { utcDay } from '../format/time';
import type { DayUsage } from '../format/usage-bars';
import { formatNumber } from '../i18n/catalog';
import { LicenseUsageChart } from './license-usage-chart';
import { t } from './messages';

const PERIODS = { '30': t('last30Days'), '90': t('last90Days'), '365': t('last12Months') } as const;
type Period = keyof typeof PERIODS;

const count = (title: string, of: (usage: DayUsage) => number): Column<DayUsage> => ({
  title,
  align: 'end',
  cell: (usage) => formatNumber(of(usage)),
  text: of,
});

const COLUMNS: readonly Column<DayUsage>[] = [
  { title: t('day'), cell: ({ date }) => utcDay(date), text: ({ date }) => date },
  count(t('active'), ({ activeLicenses }) => activeLicenses),
  count(t('waiting'), ({ pendingLicenses }) => pendingLicenses),
  count(t('inactive'), ({ inactiveLicenses }) => inactiveLicenses),
  {
    title: t('seats'),
    align: 'end',
    cell: ({ seats }) => (seats === null ? t('unlimited') : formatNumber(seats)),
    text: ({ seats }) => seats ?? undefined,
  },
];

/** The licenses and the seats of a domain over time, as a chart and as a table. */
export function LicenseUsageCard({ domain }: { readonly domain: Domain }) {
  const [period, setPeriod] = useState<Period>('90');
  const usage = useLicenseUsage(domain.domainId, Number(period));
  return (
    <Card
      title={t('licensesOverTime')}
      description={t('licensesOverTimeDescription')}
      action={
        <SelectField
          label={t('period')}
          options={PERIODS}
          value={period}
          onChange={(chosen) => setPeriod(chosen)}
        />
      }
    >
      {usage.error && <ProblemNotice error={usage.error} onRetry={() => void usage.refetch()} />}
      {usage.isPending && <Skeleton lines={4} />}
      {usage.data && (
        <>
          <LicenseUsageChart days={usage.data.days} length={Number(period)} />
          {usage.data.days.length === 1 && <p className="subtle">{t('firstDayOfChart')}</p>}
          <DisclosureSection title={t('showAsTable')}>
            <DataTable
              caption={t('licensesOverTime')}
              columns={COLUMNS}
              rows={[...usage.data.days].reverse()}
              keyOf={({ date }) => date}
              exportAs={{ name: t('licenses') }}
            />
          </DisclosureSection>
        </>
      )}
    </Card>
  );
}
