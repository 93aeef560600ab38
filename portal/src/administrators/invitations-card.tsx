import { useInvitations, useInvite, useWithdrawInvitation } from '../api/administrators';
import type { Invitation } from '../api/schema';
import { Button } from '../components/controls/button';
import { Address } from '../components/display/address';
import { Card } from '../components/display/card';
import { type Column, DataTable } from '../components/display/data-table';
import { ProblemNotice } from '../components/display/problem-notice';
import { Tag } from '../components/display/tag';
import { Day } from '../components/display/time';
import { invitationStatusLabel, ROLE_TITLES } from '../format/labels';
import { visible } from '../format/visible';
import { useAnnounce } from '../layout/announcer';
import { UnsentInvitationNotice } from './unsent-invitation-notice';

interface InvitationsCardProps {
  /** Undefined for the operators of the deployment. */
  readonly domainId: string | undefined;
  readonly mayChange: boolean;
}

/** Lists the invitations that nobody has accepted. Shows nothing if there are none. */
export function InvitationsCard({ domainId, mayChange }: InvitationsCardProps) {
  const invitations = useInvitations(domainId);
  const invite = useInvite(domainId);
  const withdraw = useWithdrawInvitation(domainId);
  const announce = useAnnounce();
  const rows = invitations.data?.items ?? [];
  const actions: Column<Invitation> = {
    title: 'Actions',
    isTitleHidden: true,
    align: 'end',
    cell: (invitation) => (
      <div className="button-row">
        <Button
          variant="quiet"
          aria-label={`Send again to ${invitation.email}`}
          isDisabled={invite.isPending}
          onPress={() =>
            invite.mutate(inputOf(invitation), {
              onSuccess: ({ mailProblem }) => {
                if (mailProblem === undefined)
                  announce(`The invitation of ${invitation.email} was sent again.`);
              },
            })
          }
        >
          Send again
        </Button>
        <Button
          variant="quiet"
          aria-label={`Withdraw the invitation of ${invitation.email}`}
          isDisabled={withdraw.isPending}
          onPress={() =>
            withdraw.mutate(invitation.invitationId, {
              onSuccess: () => announce(`The invitation of ${invitation.email} was withdrawn.`),
            })
          }
        >
          Withdraw
        </Button>
      </div>
    ),
  };
  if (invitations.error)
    return <ProblemNotice error={invitations.error} onRetry={() => void invitations.refetch()} />;
  if (rows.length === 0) return null;
  return (
    <Card title="Invitations" description="These people have not accepted their invitation yet.">
      {invite.error && <ProblemNotice error={invite.error} />}
      {withdraw.error && <ProblemNotice error={withdraw.error} />}
      <UnsentInvitationNotice invitation={invite.data} />
      <DataTable
        caption="Invitations, oldest first"
        columns={mayChange ? [...COLUMNS, actions] : COLUMNS}
        rows={rows}
        keyOf={({ invitationId }) => invitationId}
      />
    </Card>
  );
}

const inputOf = ({ email, name, role }: Invitation) => ({
  email,
  ...(name !== undefined && { name }),
  role: role === 'viewer' ? ('viewer' as const) : ('owner' as const),
});

const COLUMNS: readonly Column<Invitation>[] = [
  { title: 'Email', cell: ({ email }) => <Address text={visible(email)} /> },
  { title: 'Role', cell: ({ role }) => ROLE_TITLES[role] },
  { title: 'Expires', cell: ({ expireTime }) => <Day at={expireTime} /> },
  {
    title: 'Status',
    cell: ({ status }) => {
      const { tone, text } = invitationStatusLabel(status);
      return <Tag tone={tone}>{text}</Tag>;
    },
  },
];
