import { useState } from 'react';
import { useChangeConnection } from '../../api/connections/connections';
import type { Connection } from '../../api/schema';
import { SelectField } from '../../components/controls/select-field';
import { SettingsForm } from '../../components/controls/settings-form';
import { TextField } from '../../components/controls/text-field';
import { Card } from '../../components/display/card';
import { IDENTITY_PROVIDERS } from '../../format/connection';
import { useAccess } from '../../session/access';
import { t } from '../messages';

export function ConnectionForm({ connection }: { readonly connection: Connection }) {
  const { domain } = useAccess();
  const change = useChangeConnection(domain.domainId, connection.connectionId);
  const [name, setName] = useState(connection.name);
  const [identityProvider, setIdentityProvider] = useState(connection.identityProvider);
  return (
    <Card title={t('nameAndIdentityProvider')}>
      <SettingsForm
        values={{ name: name.trim(), identityProvider }}
        isChanged={name !== connection.name || identityProvider !== connection.identityProvider}
        change={change}
        savedMessage={t('theConnectionWasSaved')}
      >
        <TextField
          label={t('name')}
          value={name}
          onChange={setName}
          isRequired
          maxLength={100}
          autoComplete="off"
        />
        <SelectField
          label={t('identityProvider')}
          description={t('selectsGuideNamesValues')}
          options={IDENTITY_PROVIDERS}
          value={identityProvider}
          onChange={setIdentityProvider}
        />
      </SettingsForm>
    </Card>
  );
}
