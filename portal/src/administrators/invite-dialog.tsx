import { useState } from 'react';
import { type InvitationInput, useInvite } from '../api/administrators';
import { Button } from '../components/controls/button';
import { Dialog } from '../components/controls/dialog';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { useAnnounce } from '../layout/announcer';
import { DOMAIN_ROLES } from '../format/labels';
import { UnsentInvitationNotice } from './unsent-invitation-notice';
import { t } from './messages';

interface InviteDialogProps {
  /** Undefined to invite an operator. */
  readonly domainId: string | undefined;
  readonly onClose: () => void;
}

/** Asks for an address and a role. Stays open if the invitation could not be emailed. */
export function InviteDialog({ domainId, onClose }: InviteDialogProps) {
  const invite = useInvite(domainId);
  const announce = useAnnounce();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<InvitationInput['role']>('owner');
  const submit = () =>
    invite.mutate(
      { email: email.trim(), role, ...(name.trim() !== '' && { name: name.trim() }) },
      {
        onSuccess: (invitation) => {
          if (invitation.mailProblem !== undefined) return;
          announce(t('emailWasInvited', { email: invitation.email }));
          onClose();
        },
      },
    );
  const title = domainId === undefined ? t('inviteOperator') : t('inviteAdministrator');
  if (invite.data?.mailProblem !== undefined)
    return (
      <Dialog title={title} onClose={onClose}>
        <div className="dialog-body">
          <UnsentInvitationNotice invitation={invite.data} />
        </div>
        <footer className="dialog-footer">
          <Button variant="primary" onPress={onClose}>
            {t('done')}
          </Button>
        </footer>
      </Dialog>
    );
  return (
    <FormDialog
      title={title}
      help="portal.md#settings-administrators"
      submitLabel={t('sendInvitation')}
      request={invite}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('email')}
        description={t('personGetsEmailSignsPortal')}
        type="email"
        value={email}
        onChange={setEmail}
        isRequired
        maxLength={254}
        autoFocus
        autoComplete="off"
      />
      <TextField
        label={t('nameOptional')}
        description={t('nameListsAuditLog')}
        value={name}
        onChange={setName}
        maxLength={100}
        autoComplete="off"
      />
      {domainId !== undefined && (
        <SelectField label={t('role')} options={DOMAIN_ROLES} value={role} onChange={setRole} />
      )}
    </FormDialog>
  );
}
