import { useNavigate } from 'react-router';
import { useSaveUser, useUserColumns, type Values } from '../api/managed-users';
import type { UserColumn } from '../api/schema';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { Switch } from '../components/controls/switch';
import { TextField } from '../components/controls/text-field';
import { ProblemNotice } from '../components/display/problem-notice';
import { Skeleton } from '../components/display/skeleton';
import { changedValues } from '../edits/changed-values';
import { useEdits } from '../edits/use-edits';
import { useAnnounce } from '../layout/announcer';
import { useAccess } from '../session/access';
import { columnLabel } from './column-label';
import { t } from './messages';

interface UserFormDialogProps {
  /** The user to change. @default a new user */
  readonly user?: { readonly userId: string; readonly values: Values };
  readonly onClose: () => void;
}

/** A form with the values of a user. */
export function UserFormDialog({ user, onClose }: UserFormDialogProps) {
  const { domain } = useAccess();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const columns = useUserColumns(domain.domainId);
  const save = useSaveUser(domain.domainId, user?.userId);
  const items = columns.data?.items ?? [];
  const stored: Values = { ...Object.fromEntries(items.map(({ name }) => [name, ''])), ...user?.values };
  const { fields, edit } = useEdits<Values>(user ? stored : { ...stored, active: 'true' });
  const submit = () =>
    save.mutate(changedValues(fields, stored) as Values, {
      onSuccess: ({ userId, userName }) => {
        announce(t('nameWasSaved', { name: userName }));
        onClose();
        if (!user) void navigate(userId);
      },
    });
  return (
    <FormDialog
      title={user ? t('editUser') : t('createUser')}
      help="users.md#what-administrators-can-do"
      submitLabel={user ? t('save') : t('createUser')}
      request={save}
      fields={items.filter(isTextColumn).map(({ name }) => name)}
      isComplete={columns.data !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      {columns.isPending && <Skeleton lines={6} />}
      {columns.error && <ProblemNotice error={columns.error} />}
      {items.map((column) => (
        <ValueField
          key={column.name}
          column={column}
          value={fields[column.name] ?? ''}
          onChange={(value) => edit({ [column.name]: value })}
        />
      ))}
    </FormDialog>
  );
}

/** Returns whether a text field shows what is wrong with the value of a column. */
const isTextColumn = ({ name, values }: UserColumn): boolean => name !== 'active' && !values;

interface ValueFieldProps {
  readonly column: UserColumn;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ValueField({ column, value, onChange }: ValueFieldProps) {
  const { name, values } = column;
  const label = columnLabel(name);
  if (name === 'active')
    return (
      <Switch isSelected={value === 'true'} onChange={(isSelected) => onChange(String(isSelected))}>
        {t('activeWithLicense')}
      </Switch>
    );
  if (values)
    return (
      <SelectField
        label={label}
        options={{ '': t('notSet'), ...Object.fromEntries(values.map((each) => [each, each])) }}
        value={value}
        onChange={onChange}
      />
    );
  return (
    <TextField
      name={name}
      label={label}
      description={name === 'email' ? t('emailDescription') : undefined}
      value={value}
      onChange={onChange}
      isRequired={name === 'userName'}
      autoFocus={name === 'userName'}
      autoComplete="off"
    />
  );
}
