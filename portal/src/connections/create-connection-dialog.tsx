import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateConnection } from '../api/connections/connections';
import type { Connection, IdentityProvider } from '../api/schema';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { IDENTITY_PROVIDERS } from '../format/connection';
import { useAccess } from '../session/access';
import { connectionSettingsPath, GUIDE_PAGES } from './connection-path';
import { t } from './messages';

/** Creates a connection, and opens the guide of its identity provider. */
export function CreateConnectionDialog({ onClose }: { readonly onClose: () => void }) {
  const { domain } = useAccess();
  const create = useCreateConnection(domain.domainId);
  const navigate = useNavigate();
  const [identityProvider, setIdentityProvider] = useState<IdentityProvider>('okta');
  const [name, setName] = useState(nameOf(identityProvider));
  const choose = (chosen: IdentityProvider) => {
    // A name that the user has entered stays.
    if (name === nameOf(identityProvider)) setName(nameOf(chosen));
    setIdentityProvider(chosen);
  };
  const open = (connection: Connection) => void navigate(connectionSettingsPath(domain.domainId, connection));
  const submit = () => create.mutate({ name: name.trim(), identityProvider }, { onSuccess: open });
  return (
    <FormDialog
      title={t('addConnection')}
      help={GUIDE_PAGES[identityProvider]}
      submitLabel={t('createConnection')}
      request={create}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField
        label={t('identityProvider')}
        options={IDENTITY_PROVIDERS}
        value={identityProvider}
        onChange={choose}
      />
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
    </FormDialog>
  );
}

/** Returns the suggested name of a connection. An unknown identity provider has none. */
const nameOf = (identityProvider: IdentityProvider): string =>
  identityProvider === 'other' ? '' : IDENTITY_PROVIDERS[identityProvider];
