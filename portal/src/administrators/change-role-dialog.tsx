import { useState } from 'react';
import { type InvitationInput, useChangeRole } from '../api/administrators';
import type { Administrator } from '../api/schema';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { DOMAIN_ROLES } from '../format/labels';
import { useAnnounce } from '../layout/announcer';
import { personName } from './person-name';
import { t } from './messages';

interface ChangeRoleDialogProps {
  readonly domainId: string;
  readonly administrator: Administrator;
  readonly onClose: () => void;
}

export function ChangeRoleDialog({ domainId, administrator, onClose }: ChangeRoleDialogProps) {
  const change = useChangeRole(domainId);
  const announce = useAnnounce();
  const former = administrator.role === 'owner' ? 'owner' : 'viewer';
  const [role, setRole] = useState<InvitationInput['role']>(former);
  const name = personName(administrator);
  const submit = () =>
    change.mutate(
      { administratorId: administrator.administratorId, role },
      {
        onSuccess: () => {
          announce(t('roleNameChanged', { name }));
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={t('changeTheRoleOfName', { name })}
      help="portal.md#settings-administrators"
      submitLabel={t('changeRole')}
      request={change}
      isComplete={role !== former}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField
        label={t('role')}
        description={t('theChangeIsEffectiveImmediately')}
        options={DOMAIN_ROLES}
        value={role}
        onChange={setRole}
      />
    </FormDialog>
  );
}
