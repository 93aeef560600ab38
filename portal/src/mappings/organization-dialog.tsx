import { useState } from 'react';
import type { Organization } from '../api/schema';
import { FormDialog, NO_REQUEST } from '../components/controls/form-dialog';
import { TextAreaField } from '../components/controls/text-area-field';
import { TextField } from '../components/controls/text-field';
import { t } from './messages';

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
    <FormDialog
      title={organization ? t('editOrganization') : t('addOrganization')}
      help="mappings.md#what-a-user-gets"
      submitLabel={organization ? t('changeOrganization') : t('addOrganization')}
      request={NO_REQUEST}
      onSubmit={() => onDone({ name: name.trim(), roles })}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        description={t('nameOrganizationProduct')}
        value={name}
        onChange={setName}
        isRequired
        validate={() => (isTaken ? t('alreadyOrganizationName') : null)}
        maxLength={100}
        autoFocus={!organization}
        autoComplete="off"
      />
      <TextAreaField
        label={t('roles')}
        description={t('oneRolePerLineProduct')}
        value={lines}
        onChange={setLines}
        isRequired
        rows={4}
      />
    </FormDialog>
  );
}
