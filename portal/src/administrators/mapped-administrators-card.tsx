import { Link } from 'react-router';
import { useMappedAdministrators, useResendMapped } from '../api/administrators';
import type { MappedAdministrator } from '../api/schema';
import { Button } from '../components/controls/button';
import { Address } from '../components/display/address';
import { Card } from '../components/display/card';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { ProblemNotice } from '../components/display/problem-notice';
import { Day } from '../components/display/time';
import { ROLE_TITLES } from '../format/labels';
import { visible } from '../format/visible';
import { useAnnounce } from '../layout/announcer';
import { Message, t } from './messages';

interface MappedAdministratorsCardProps {
  readonly domainId: string;
  readonly mayChange: boolean;
}

/** Lists the users whom mappings make administrators. Most domains have none, and do not show the card. */
export function MappedAdministratorsCard({ domainId, mayChange }: MappedAdministratorsCardProps) {
  const mapped = useMappedAdministrators(domainId);
  const resend = useResendMapped(domainId);
  const announce = useAnnounce();
  const rows = mapped.data?.items ?? [];
  if (rows.length === 0 && !mapped.error) return null;
  const send = ({ userId, email }: MappedAdministrator) =>
    resend.mutate(userId, {
      onSuccess: ({ mailProblem }) => {
        if (mailProblem === undefined) announce(t('invitationEmailSentAgain', { email }));
      },
    });
  const actions: Column<MappedAdministrator> = {
    title: t('actions'),
    isTitleHidden: true,
    align: 'end',
    cell: (administrator) =>
      administrator.signedInAt === undefined && (
        <Button
          variant="quiet"
          aria-label={t('sendAgainToEmail', { email: administrator.email })}
          isDisabled={resend.isPending}
          onPress={() => send(administrator)}
        >
          {t('sendAgain')}
        </Button>
      ),
  };
  return (
    <Card title={t('administratorsFromMappings')} description={t('identityProviderDecidesAboutThem')}>
      {mapped.error && <ProblemNotice error={mapped.error} onRetry={() => void mapped.refetch()} />}
      {resend.error && <ProblemNotice error={resend.error} />}
      {rows.length > 0 && (
        <DataTable
          caption={t('administratorsFromMappings')}
          columns={mayChange ? [...columnsFor(domainId), actions] : columnsFor(domainId)}
          rows={rows}
          keyOf={({ userId }) => userId}
          isRowLinked
        />
      )}
    </Card>
  );
}

const columnsFor = (domainId: string): readonly Column<MappedAdministrator>[] => [
  {
    title: t('name'),
    text: ({ name, email }) => name ?? email,
    cell: ({ userId, name, email }) => (
      <Link to={`/domains/${domainId}/users/${userId}`}>{visible(name ?? email)}</Link>
    ),
  },
  { title: t('email'), cell: ({ email }) => <Address text={visible(email)} />, text: ({ email }) => email },
  { title: t('role'), cell: ({ role }) => ROLE_TITLES[role] },
  {
    title: t('signedIn'),
    text: ({ signedInAt }) => signedInAt,
    cell: ({ signedInAt, invitedAt, mailProblem, invitationExpireTime }) => {
      if (signedInAt !== undefined) return <Day at={signedInAt} />;
      if (mailProblem !== undefined) {
        const values = { mailProblem: visible(mailProblem) };
        return (
          <Message id="notInvitedMailProblem" values={values} components={{ problem: <span lang="en" /> }} />
        );
      }
      if (invitedAt === undefined) return t('invitationIsWaiting');
      const isExpired = invitationExpireTime !== undefined && Date.parse(invitationExpireTime) < Date.now();
      return isExpired ? t('invitationExpired') : t('notYet');
    },
  },
  {
    title: t('since'),
    cell: ({ since }) => <Day at={since} />,
    text: ({ since }) => since,
    isDesktopOnly: true,
  },
];
