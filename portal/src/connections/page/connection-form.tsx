import { useChangeConnection } from '../../api/connections/connections';
import type { Connection } from '../../api/schema';
import { SelectField } from '../../components/controls/select-field';
import { SettingsForm } from '../../components/controls/settings-form';
import { TextField } from '../../components/controls/text-field';
import { Card } from '../../components/display/card';
import { changedValues } from '../../edits/changed-values';
import { useEdits } from '../../edits/use-edits';
import { IDENTITY_PROVIDERS } from '../../format/connection';
import { useAccess } from '../../session/access';
import { t } from '../messages';

export function ConnectionForm({ connection }: { readonly connection: Connection }) {
  const { domain } = useAccess();
  const change = useChangeConnection(domain.domainId, connection.connectionId);
  const stored = { name: connection.name, identityProvider: connection.identityProvider };
  const { fields, edit, drop } = useEdits(stored);
  return (
    <Card title={t('nameAndIdentityProvider')}>
      <SettingsForm
        changes={changedValues({ ...fields, name: fields.name.trim() }, stored)}
        change={change}
        help="portal.md#a-connection"
        onSaved={drop}
        savedMessage={t('theConnectionWasSaved')}
      >
        <TextField
          label={t('name')}
          value={fields.name}
          onChange={(name) => edit({ name })}
          isRequired
          maxLength={100}
          autoComplete="off"
        />
        <SelectField
          label={t('identityProvider')}
          description={t('selectsGuideNamesValues')}
          options={IDENTITY_PROVIDERS}
          value={fields.identityProvider}
          onChange={(identityProvider) => edit({ identityProvider })}
        />
      </SettingsForm>
    </Card>
  );
}
