import { useState } from 'react';
import { type InvitationInput, useChangeRole } from '../api/administrators';
import type { Administrator } from '../api/schema';
import { Button } from '../components/controls/button';
import { Dialog } from '../components/controls/dialog';
import { Form } from '../components/controls/form';
import { SelectField } from '../components/controls/select-field';
import { ProblemNotice } from '../components/display/problem-notice';
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
    <Dialog title={`Change the role of ${name}`} onClose={onClose} isDismissable={!change.isPending}>
      <Form isPending={change.isPending} onSubmit={submit}>
        <div className="dialog-body">
          <SelectField
            label="Role"
            description="The change is effective immediately."
            options={DOMAIN_ROLES}
            value={role}
            onChange={setRole}
          />
          {change.error && <ProblemNotice error={change.error} />}
        </div>
        <footer className="dialog-footer">
          <Button isDisabled={change.isPending} onPress={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={change.isPending} isDisabled={role === former}>
            Change role
          </Button>
        </footer>
      </Form>
    </Dialog>
  );
}
