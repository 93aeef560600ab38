import { useState } from 'react';
import type { Organization } from '../api/schema';
import { Button } from '../components/controls/button';
import { Dialog } from '../components/controls/dialog';
import { Form } from '../components/controls/form';
import { TextAreaField } from '../components/controls/text-area-field';
import { TextField } from '../components/controls/text-field';

interface OrganizationDialogProps {
  /** Undefined for a new organization. */
  readonly organization: Organization | undefined;
  readonly otherNames: readonly string[];
  readonly onDone: (organization: Organization) => void;
  readonly onClose: () => void;
}

/** Edits the name and the roles of an organization of the draft. */
export function OrganizationDialog({ organization, otherNames, onDone, onClose }: OrganizationDialogProps) {
  const [name, setName] = useState(organization?.name ?? '');
  const [lines, setLines] = useState(organization?.roles.join('\n') ?? '');
  const isTaken = otherNames.some((other) => other.toLowerCase() === name.trim().toLowerCase());
  const roles = [...new Set(lines.split('\n').map((line) => line.trim()))].filter((role) => role !== '');
  return (
    <Dialog title={organization ? 'Edit organization' : 'Add organization'} onClose={onClose}>
      <Form isPending={false} onSubmit={() => onDone({ name: name.trim(), roles })}>
        <div className="dialog-body">
          <TextField
            label="Name"
            description="The name of the organization in the product."
            value={name}
            onChange={setName}
            isRequired
            validate={() => (isTaken ? 'There is already an organization with this name.' : null)}
            maxLength={100}
            autoFocus={!organization}
            autoComplete="off"
          />
          <TextAreaField
            label="Roles"
            description="One role per line, as the product calls them. To remove a role, change its mappings first."
            value={lines}
            onChange={setLines}
            isRequired
            rows={4}
          />
        </div>
        <footer className="dialog-footer">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            {organization ? 'Change organization' : 'Add organization'}
          </Button>
        </footer>
      </Form>
    </Dialog>
  );
}
