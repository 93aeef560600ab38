import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateConnection } from '../api/connections/connections';
import type { Connection, IdentityProvider } from '../api/schema';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { IDENTITY_PROVIDERS } from '../format/connection';
import { useAccess } from '../session/access';
import { connectionSettingsPath } from './connection-path';
import { t } from './messages';

/** Creates a connection, and opens the guide of its identity provider. */
export function CreateConnectionDialog({ onClose }: { readonly onClose: () => void }) {
  const { domain } = useAccess();
  const create = useCreateConnection(domain.domainId);
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [identityProvider, setIdentityProvider] = useState<IdentityProvider>('okta');
  const open = (connection: Connection) => void navigate(connectionSettingsPath(domain.domainId, connection));
  const submit = () => create.mutate({ name: name.trim(), identityProvider }, { onSuccess: open });
  return (
    <FormDialog
      title={t('addConnection')}
      submitLabel={t('createConnection')}
      request={create}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        description={t('nameConnectionPortalAuditLog')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
        autoFocus
        autoComplete="off"
      />
      <SelectField
        label={t('identityProvider')}
        options={IDENTITY_PROVIDERS}
        value={identityProvider}
        onChange={setIdentityProvider}
      />
    </FormDialog>
  );
}
