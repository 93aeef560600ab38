import { useState } from 'react';
import { type InvitationInput, useChangeRole } from '../api/administrators';
import type { Administrator } from '../api/schema';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { DOMAIN_ROLES } from '../format/labels';
import { useAnnounce } from '../layout/announcer';
import { personName } from './person-name';

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
          announce(`The role of ${name} was changed.`);
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={`Change the role of ${name}`}
      submitLabel="Change role"
      request={change}
      isComplete={role !== former}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField
        label="Role"
        description="The change is effective immediately."
        options={DOMAIN_ROLES}
        value={role}
        onChange={setRole}
      />
    </FormDialog>
  );
}
