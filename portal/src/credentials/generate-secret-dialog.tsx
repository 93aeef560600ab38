import { useState } from 'react';
import { useGenerateSecret } from '../api/credentials';
import type { Connection } from '../api/schema';
import { Button } from '../components/controls/button';
import { Dialog } from '../components/controls/dialog';
import { Form } from '../components/controls/form';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { ProblemNotice } from '../components/display/problem-notice';
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
    // If the user closed the dialog before the response, nobody would ever see the secret.
    <Dialog title="Generate client secret" onClose={onClose} isDismissable={!generate.isPending}>
      <Form isPending={generate.isPending} onSubmit={submit}>
        <div className="dialog-body">
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
          {generate.error && <ProblemNotice error={generate.error} />}
        </div>
        <footer className="dialog-footer">
          <Button isDisabled={generate.isPending} onPress={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={generate.isPending}>
            Generate secret
          </Button>
        </footer>
      </Form>
    </Dialog>
  );
}
