import { useState } from 'react';
import type { SetupLink } from '../api/schema';
import { useRevokeSetupLink, useSetupLinks } from '../api/setup';
import { Button } from '../components/controls/button';
import { ConfirmDialog } from '../components/controls/confirm-dialog';
import { Address } from '../components/display/address';
import { Card } from '../components/display/card';
import { type Column, DataTable } from '../components/display/data-table';
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

/** Lists the setup links of a domain. Owners create and revoke them here. */
export function SetupLinksPage() {
  const { domain, mayChange } = useAccess();
  const links = useSetupLinks(domain.domainId);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<SetupLink>();
  const rows = [...(links.data?.items ?? [])].reverse();
  const create = (
    <Button variant="primary" icon="plus" onPress={() => setCreating(true)}>
      Create setup link
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Setup links"
        description="Let somebody without an account connect the identity provider, for example your IT administrator."
      />
      <Card
        title="Setup links"
        description="A link shows the setup and the connections of this domain, but no users and no audit log."
        action={mayChange && rows.length > 0 && create}
      >
        {links.error && <ProblemNotice error={links.error} onRetry={() => void links.refetch()} />}
        {links.isPending && <Skeleton lines={3} />}
        {links.data && rows.length === 0 && (
          <EmptyState icon="external" title="No setup links" action={mayChange && create}>
            {mayChange
              ? 'Create a link, and send it to the person who sets up the identity provider.'
              : 'Ask an owner of this domain to create a link.'}
          </EmptyState>
        )}
        {rows.length > 0 && (
          <DataTable
            caption="Setup links, newest first"
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
  pending: { tone: 'info', text: 'Not opened' },
  open: { tone: 'good', text: 'Open' },
  expired: { tone: 'neutral', text: 'Expired' },
  revoked: { tone: 'neutral', text: 'Revoked' },
};

const COLUMNS: readonly Column<SetupLink>[] = [
  { title: 'For', cell: ({ email }) => <Address text={email} /> },
  { title: 'Created', cell: ({ createdAt }) => <Day at={createdAt} /> },
  { title: 'Opened', cell: ({ openedAt }) => (openedAt ? <Time at={openedAt} /> : 'Never') },
  { title: 'Expires', cell: ({ expireTime }) => <Day at={expireTime} /> },
  {
    title: 'Status',
    cell: ({ status }) => <Tag tone={STATUSES[status].tone}>{STATUSES[status].text}</Tag>,
  },
];

const actionsColumn = (onRevoke: (link: SetupLink) => void): Column<SetupLink> => ({
  title: 'Actions',
  isTitleHidden: true,
  align: 'end',
  cell: (link) =>
    (link.status === 'pending' || link.status === 'open') && (
      <Button variant="quiet" aria-label={`Revoke the link for ${link.email}`} onPress={() => onRevoke(link)}>
        Revoke
      </Button>
    ),
});

function RevokeDialog({ link, onClose }: { readonly link: SetupLink; readonly onClose: () => void }) {
  const { domain } = useAccess();
  const revoke = useRevokeSetupLink(domain.domainId);
  const announce = useAnnounce();
  return (
    <ConfirmDialog
      title={`Revoke the link for ${link.email}?`}
      confirmLabel="Revoke link"
      isPending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(link.linkId, {
          onSuccess: () => {
            announce('The setup link was revoked.');
            onClose();
          },
        })
      }
    >
      <p>
        The link stops working immediately, also in the browser in which it is open. You cannot undo this.
      </p>
      <p>SCIM keys that were created with the link stay valid.</p>
    </ConfirmDialog>
  );
}
