import { useState } from 'react';
import { useGenerateSecret } from '../api/credentials';
import type { Connection } from '../api/schema';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { newCredentialName } from '../format/connection';
import { clientValues } from '../format/connection-values';
import { SECRET_EXPIRIES, type SecretExpiry, secretExpireTime } from '../format/expiry';
import { useConnectionAccess } from '../session/access';
import { ShownOnceDialog } from './shown-once-dialog';

interface GenerateSecretDialogProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

/** Asks for a name and an expiry, then shows the client secret once, with everything else that the client needs. */
export function GenerateSecretDialog({ connection, onClose }: GenerateSecretDialogProps) {
  const { domain } = useConnectionAccess();
  const [name, setName] = useState(newCredentialName(connection));
  const [expiry, setExpiry] = useState<SecretExpiry>('years1');
  const { connectionId } = connection;
  const generate = useGenerateSecret({ domainId: domain.domainId, connectionId });
  if (generate.data) {
    return (
      <ShownOnceDialog
        secret={{ label: 'Client secret', value: generate.data.clientSecret }}
        noun="client secret"
        description="Paste the complete secret into your identity provider, together with the values above."
        values={clientValues(connection)}
        onClose={onClose}
      />
    );
  }
  const submit = () =>
    generate.mutate({ name: name.trim(), expireTime: secretExpireTime(expiry, new Date()) });
  return (
    <FormDialog
      title="Generate client secret"
      submitLabel="Generate secret"
      request={generate}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label="Name"
        description="The name of the secret in lists and in the audit log."
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
        autoFocus
        autoComplete="off"
      />
      <SelectField
        label="Expires"
        description="A client secret is valid for one to three years."
        options={SECRET_EXPIRIES}
        value={expiry}
        onChange={setExpiry}
      />
    </FormDialog>
  );
}
