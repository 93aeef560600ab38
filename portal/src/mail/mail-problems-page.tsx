import { Link } from 'react-router';
import type { SuppressedAddress } from '../api/schema';
import { useClearAddress, useSuppressedAddresses, useSuppressedAddressPages } from '../api/users';
import { useAnnounce } from '../layout/announcer';
import { Button } from '../components/controls/button';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { EmptyState } from '../components/display/empty-state';
import { LoadMore } from '../components/controls/load-more';
import { PageHeader } from '../layout/page-header';
import { ProblemNotice } from '../components/display/problem-notice';
import { ServiceText } from '../components/display/service-text';
import { Skeleton } from '../components/display/skeleton';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { useAccess } from '../session/access';
import { t } from './messages';

export function MailProblemsPage() {
  const { domain, mayChange } = useAccess();
  const addresses = useSuppressedAddresses(domain.domainId);
  const load = useSuppressedAddressPages(domain.domainId);
  const clear = useClearAddress(domain.domainId);
  const announce = useAnnounce();
  const rows = addresses.data?.pages.flatMap(({ items }) => items) ?? [];
  const onClear = ({ address }: SuppressedAddress) =>
    clear.mutate(address, { onSuccess: () => announce(t('addressCanReceiveEmailsAgain', { address })) });
  return (
    <>
      <PageHeader title={t('emailProblems')} description={t('serviceSendsNoEmailsAddresses')} />
      {clear.error && <ProblemNotice error={clear.error} />}
      {addresses.error && <ProblemNotice error={addresses.error} onRetry={() => void addresses.refetch()} />}
      {addresses.isPending && <Skeleton lines={4} />}
      {addresses.data && rows.length === 0 && (
        <EmptyState icon="mail" title={t('noEmailProblems')}>
          {t('addressesAppearEmailBouncesMarked')}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          caption={t('suppressedAddresses')}
          columns={
            mayChange
              ? [...addressColumns(domain.domainId), clearColumn(onClear, clear.isPending)]
              : addressColumns(domain.domainId)
          }
          rows={rows}
          keyOf={({ address }) => address}
          isRowLinked
          exportAs={{ name: t('suppressedAddresses'), load }}
        />
      )}
      <LoadMore query={addresses}>{t('showMoreAddresses')}</LoadMore>
    </>
  );
}

const addressColumns = (domainId: string): readonly Column<SuppressedAddress>[] => [
  {
    title: t('address'),
    text: ({ address }) => address,
    cell: ({ address, userId }) =>
      userId ? <Link to={`/domains/${domainId}/users/${userId}`}>{address}</Link> : address,
  },
  {
    title: t('reason'),
    text: ({ reason }) => (reason === 'bounced' ? t('bounced') : t('markedAsSpam')),
    cell: ({ reason, detail }) => (
      <span className="two-lines">
        <span>
          <Tag tone="bad">{reason === 'bounced' ? t('bounced') : t('markedAsSpam')}</Tag>
        </span>
        {detail && (
          <span className="subtle">
            <ServiceText>{detail}</ServiceText>
          </span>
        )}
      </span>
    ),
  },
  { title: t('detail'), isExportOnly: true, cell: ({ detail }) => detail ?? '' },
  { title: t('since'), cell: ({ at }) => <Time at={at} />, text: ({ at }) => at },
];

const clearColumn = (
  onClear: (row: SuppressedAddress) => void,
  isPending: boolean,
): Column<SuppressedAddress> => ({
  title: t('actions'),
  isTitleHidden: true,
  align: 'end',
  cell: (row) => (
    <Button
      variant="quiet"
      isDisabled={isPending}
      aria-label={t('allowEmailsToAddress', { address: row.address })}
      onPress={() => onClear(row)}
    >
      {t('allowEmails')}
    </Button>
  ),
});
