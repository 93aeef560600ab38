import { useInvitations, useInvite, useWithdrawInvitation } from '../api/administrators';
import type { Invitation } from '../api/schema';
import { Button } from '../components/controls/button';
import { Address } from '../components/display/address';
import { Card } from '../components/display/card';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { ProblemNotice } from '../components/display/problem-notice';
import { Tag } from '../components/display/tag';
import { Day } from '../components/display/time';
import { invitationStatusLabel, ROLE_TITLES } from '../format/labels';
import { visible } from '../format/visible';
import { useAnnounce } from '../layout/announcer';
import { UnsentInvitationNotice } from './unsent-invitation-notice';
import { t } from './messages';

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
    title: t('actions'),
    isTitleHidden: true,
    align: 'end',
    cell: (invitation) => (
      <div className="button-row">
        <Button
          variant="quiet"
          aria-label={t('sendAgainToEmail', { email: invitation.email })}
          isDisabled={invite.isPending}
          onPress={() =>
            invite.mutate(inputOf(invitation), {
              onSuccess: ({ mailProblem }) => {
                if (mailProblem === undefined)
                  announce(t('invitationEmailSentAgain', { email: invitation.email }));
              },
            })
          }
        >
          {t('sendAgain')}
        </Button>
        <Button
          variant="quiet"
          aria-label={t('withdrawTheInvitationOfEmail', { email: invitation.email })}
          isDisabled={withdraw.isPending}
          onPress={() =>
            withdraw.mutate(invitation.invitationId, {
              onSuccess: () => announce(t('invitationEmailWithdrawn', { email: invitation.email })),
            })
          }
        >
          {t('withdraw')}
        </Button>
      </div>
    ),
  };
  if (invitations.error)
    return <ProblemNotice error={invitations.error} onRetry={() => void invitations.refetch()} />;
  if (rows.length === 0) return null;
  return (
    <Card title={t('invitations')} description={t('peopleNotAcceptedTheirInvitation')}>
      {invite.error && <ProblemNotice error={invite.error} />}
      {withdraw.error && <ProblemNotice error={withdraw.error} />}
      <UnsentInvitationNotice invitation={invite.data} />
      <DataTable
        caption={t('invitationsOldestFirst')}
        exportAs={{ name: t('invitations') }}
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
  { title: t('email'), cell: ({ email }) => <Address text={visible(email)} />, text: ({ email }) => email },
  { title: t('role'), cell: ({ role }) => ROLE_TITLES[role] },
  {
    title: t('expires'),
    cell: ({ expireTime }) => <Day at={expireTime} />,
    text: ({ expireTime }) => expireTime,
  },
  {
    title: t('status'),
    text: ({ status }) => invitationStatusLabel(status).text,
    cell: ({ status }) => {
      const { tone, text } = invitationStatusLabel(status);
      return <Tag tone={tone}>{text}</Tag>;
    },
  },
];
