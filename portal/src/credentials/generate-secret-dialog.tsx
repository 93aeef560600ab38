import { useState } from 'react';
import { useGenerateSecret } from '../api/connections/credentials';
import type { Connection } from '../api/schema';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { newCredentialName } from '../format/connection';
import { clientValues } from '../format/connection-values';
import { SECRET_EXPIRIES, type SecretExpiry, secretExpireTime } from '../format/expiry';
import { useConnectionAccess } from '../session/access';
import { ShownOnceDialog } from './shown-once-dialog';
import { t } from './messages';

interface GenerateSecretDialogProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

/**
 * Asks for a name and an expiry, then shows the client secret once, with everything else that the client
 * needs.
 */
export function GenerateSecretDialog({ connection, onClose }: GenerateSecretDialogProps) {
  const { domain } = useConnectionAccess();
  const [name, setName] = useState(newCredentialName(connection));
  const [expiry, setExpiry] = useState<SecretExpiry>('years1');
  const { connectionId } = connection;
  const generate = useGenerateSecret({ domainId: domain.domainId, connectionId });
  if (generate.data) {
    return (
      <ShownOnceDialog
        secret={{ label: t('clientSecret'), value: generate.data.clientSecret }}
        kind="clientSecret"
        description={t('pasteCompleteSecretIntoIdentity')}
        values={clientValues(connection)}
        onClose={onClose}
      />
    );
  }
  const submit = () =>
    generate.mutate({ name: name.trim(), expireTime: secretExpireTime(expiry, new Date()) });
  return (
    <FormDialog
      title={t('generateClientSecret')}
      help="generic.md#oauth-20-client-credentials"
      submitLabel={t('generateSecret')}
      request={generate}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        description={t('nameSecretListsAuditLog')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
        autoFocus
        autoComplete="off"
      />
      <SelectField
        label={t('expires')}
        description={t('clientSecretValidOneThree')}
        options={SECRET_EXPIRIES}
        value={expiry}
        onChange={setExpiry}
      />
    </FormDialog>
  );
}
