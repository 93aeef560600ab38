import { useState } from 'react';
import { UnsentInvitationNotice } from '../administrators/unsent-invitation-notice';
import { useAdministrators, useInvitations, useInvite } from '../api/administrators';
import { Button } from '../components/controls/button';
import { Form } from '../components/controls/form';
import { TextField } from '../components/controls/text-field';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { t } from './messages';

/** Invites the owner of a domain, unless it has an owner or an open invitation of one. */
export function InviteOwner({ domainId }: { readonly domainId: string }) {
  const administrators = useAdministrators(domainId);
  const invitations = useInvitations(domainId);
  const invite = useInvite(domainId);
  const owner = administrators.data?.items.find(({ role }) => role === 'owner');
  const invited = invitations.data?.items.find(({ role, status }) => role === 'owner' && status === 'open');
  const error = administrators.error ?? invitations.error;
  const refetch = () => void Promise.all([administrators.refetch(), invitations.refetch()]);
  if (error) return <ProblemNotice error={error} onRetry={refetch} />;
  if (administrators.isPending || invitations.isPending) return <Skeleton lines={2} />;
  if (owner) {
    return <Notice tone="good" title={t('domainHasOwner', { name: owner.email ?? owner.administratorId })} />;
  }
  if (invited) {
    return (
      <>
        <Notice tone="good" title={t('emailWasInvitedAsOwner', { email: invited.email })}>
          <p>{t('inviteMoreAdministratorsPageAdministrators')}</p>
        </Notice>
        <UnsentInvitationNotice invitation={invite.data} />
      </>
    );
  }
  return (
    <InviteOwnerForm
      error={invite.error}
      isPending={invite.isPending}
      onSubmit={(email) => invite.mutate({ email, role: 'owner' })}
    />
  );
}

interface InviteOwnerFormProps {
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly onSubmit: (email: string) => void;
}

function InviteOwnerForm({ error, isPending, onSubmit }: InviteOwnerFormProps) {
  const [email, setEmail] = useState('');
  return (
    <Form
      className="setup-code"
      help="portal.md#settings-administrators"
      isPending={isPending}
      onSubmit={() => onSubmit(email.trim())}
    >
      <TextField
        label={t('emailOfTheOwner')}
        description={t('personGetsEmailAdministersDomain')}
        type="email"
        value={email}
        onChange={setEmail}
        isRequired
        maxLength={254}
        autoComplete="off"
      />
      {error && <ProblemNotice error={error} />}
      <div>
        <Button type="submit" variant="primary" isPending={isPending}>
          {t('inviteOwner')}
        </Button>
      </div>
    </Form>
  );
}
