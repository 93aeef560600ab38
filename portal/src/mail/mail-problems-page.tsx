import { Link } from 'react-router';
import type { SuppressedAddress } from '../api/schema';
import { useClearAddress, useSuppressedAddresses } from '../api/users';
import { useAnnounce } from '../layout/announcer';
import { Button } from '../components/controls/button';
import { type Column, DataTable } from '../components/display/data-table';
import { EmptyState } from '../components/display/empty-state';
import { LoadMore } from '../components/controls/load-more';
import { PageHeader } from '../layout/page-header';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Tag } from '../components/display/tag';
import { Time } from '../components/display/time';
import { useAccess } from '../session/access';

export function MailProblemsPage() {
  const { domain, mayChange } = useAccess();
  const addresses = useSuppressedAddresses(domain.domainId);
  const clear = useClearAddress(domain.domainId);
  const announce = useAnnounce();
  const rows = addresses.data?.pages.flatMap(({ items }) => items) ?? [];
  const onClear = ({ address }: SuppressedAddress) =>
    clear.mutate(address, { onSuccess: () => announce(`${address} can receive emails again.`) });
  return (
    <>
      <PageHeader
        title="Email problems"
        description="The service sends no emails to these addresses, because an email bounced or was marked as spam. Clear an address when it can receive emails again."
      />
      {clear.error && <ProblemNotice error={clear.error} />}
      {addresses.error && <ProblemNotice error={addresses.error} onRetry={() => void addresses.refetch()} />}
      {addresses.isPending && <Skeleton lines={4} />}
      {addresses.data && rows.length === 0 && (
        <EmptyState icon="mail" title="No email problems">
          Addresses appear here if an email bounces or is marked as spam.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <DataTable
          caption="Suppressed addresses"
          columns={
            mayChange
              ? [...addressColumns(domain.domainId), clearColumn(onClear, clear.isPending)]
              : addressColumns(domain.domainId)
          }
          rows={rows}
          keyOf={({ address }) => address}
        />
      )}
      <LoadMore query={addresses}>Show more addresses</LoadMore>
    </>
  );
}

const addressColumns = (domainId: string): readonly Column<SuppressedAddress>[] => [
  {
    title: 'Address',
    cell: ({ address, userId }) =>
      userId ? <Link to={`/domains/${domainId}/users/${userId}`}>{address}</Link> : address,
  },
  {
    title: 'Reason',
    cell: ({ reason, detail }) => (
      <span className="two-lines">
        <span>
          <Tag tone="bad">{reason === 'bounced' ? 'Bounced' : 'Marked as spam'}</Tag>
        </span>
        {detail && <span className="subtle">{detail}</span>}
      </span>
    ),
  },
  { title: 'Since', cell: ({ at }) => <Time at={at} /> },
];

const clearColumn = (
  onClear: (row: SuppressedAddress) => void,
  isPending: boolean,
): Column<SuppressedAddress> => ({
  title: 'Actions',
  isTitleHidden: true,
  align: 'end',
  cell: (row) => (
    <Button
      variant="quiet"
      isDisabled={isPending}
      aria-label={`Clear ${row.address}`}
      onPress={() => onClear(row)}
    >
      Clear
    </Button>
  ),
});
