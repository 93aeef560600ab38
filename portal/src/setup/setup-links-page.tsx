import { useState } from 'react';
import type { SetupLink } from '../api/schema';
import { useRevokeSetupLink, useSetupLinks } from '../api/setup';
import { Button } from '../components/controls/button';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { Address } from '../components/display/address';
import { Card } from '../components/display/card';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { EmptyState } from '../components/display/empty-state';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { Tag } from '../components/display/tag';
import { Day, Time } from '../components/display/time';
import type { Tone } from '../format/tone';
import { useAnnounce } from '../layout/announcer';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { CreateSetupLinkDialog } from './create-setup-link-dialog';
import { t } from './messages';

/** Lists the setup links of a domain. Owners create and revoke them here. */
export function SetupLinksPage() {
  const { domain, mayChange } = useAccess();
  const links = useSetupLinks(domain.domainId);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<SetupLink>();
  const rows = [...(links.data?.items ?? [])].reverse();
  const create = (
    <Button variant="primary" icon="plus" onPress={() => setCreating(true)}>
      {t('createSetupLink')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('setupLinks')} description={t('letSomebodyWithoutAccountConnect')} />
      <Card
        title={t('setupLinks')}
        description={t('linkShowsSetupConnectionsDomain')}
        action={mayChange && rows.length > 0 && create}
      >
        {links.error && <ProblemNotice error={links.error} onRetry={() => void links.refetch()} />}
        {links.isPending && <Skeleton lines={3} />}
        {links.data && rows.length === 0 && (
          <EmptyState icon="external" title={t('noSetupLinks')} action={mayChange && create}>
            {mayChange ? t('createLinkSendPersonSets') : t('askOwnerDomainCreateLink')}
          </EmptyState>
        )}
        {rows.length > 0 && (
          <DataTable
            caption={t('setupLinksNewestFirst')}
            exportAs={{ name: t('setupLinks') }}
            columns={mayChange ? [...COLUMNS, actionsColumn(setRevoking)] : COLUMNS}
            rows={rows}
            keyOf={({ linkId }) => linkId}
          />
        )}
      </Card>
      {creating && <CreateSetupLinkDialog domainId={domain.domainId} onClose={() => setCreating(false)} />}
      {revoking && <RevokeDialog link={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}

const STATUSES: Readonly<Record<SetupLink['status'], { tone: Tone; text: string }>> = {
  pending: { tone: 'info', text: t('notOpened') },
  open: { tone: 'good', text: t('open') },
  expired: { tone: 'neutral', text: t('expired') },
  revoked: { tone: 'neutral', text: t('revoked') },
};

const COLUMNS: readonly Column<SetupLink>[] = [
  { title: t('for'), cell: ({ email }) => <Address text={email} />, text: ({ email }) => email },
  {
    title: t('created'),
    cell: ({ createdAt }) => <Day at={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
  {
    title: t('opened'),
    cell: ({ openedAt }) => (openedAt ? <Time at={openedAt} /> : t('never')),
    text: ({ openedAt }) => openedAt,
  },
  {
    title: t('expires'),
    cell: ({ expireTime }) => <Day at={expireTime} />,
    text: ({ expireTime }) => expireTime,
  },
  {
    title: t('status'),
    text: ({ status }) => STATUSES[status].text,
    cell: ({ status }) => <Tag tone={STATUSES[status].tone}>{STATUSES[status].text}</Tag>,
  },
];

const actionsColumn = (onRevoke: (link: SetupLink) => void): Column<SetupLink> => ({
  title: t('actions'),
  isTitleHidden: true,
  align: 'end',
  cell: (link) =>
    (link.status === 'pending' || link.status === 'open') && (
      <Button
        variant="quiet"
        aria-label={t('revokeTheLinkForEmail', { email: link.email })}
        onPress={() => onRevoke(link)}
      >
        {t('revoke')}
      </Button>
    ),
});

function RevokeDialog({ link, onClose }: { readonly link: SetupLink; readonly onClose: () => void }) {
  const { domain } = useAccess();
  const revoke = useRevokeSetupLink(domain.domainId);
  const announce = useAnnounce();
  return (
    <ConfirmDialog
      title={t('revokeTheLinkForEmail2', { email: link.email })}
      confirmLabel={t('revokeLink')}
      isPending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(link.linkId, {
          onSuccess: () => {
            announce(t('theSetupLinkWasRevoked'));
            onClose();
          },
        })
      }
    >
      <p>{t('linkStopsWorkingImmediatelyAlso')}</p>
      <p>{t('scimKeysCreatedLinkStay')}</p>
    </ConfirmDialog>
  );
}
