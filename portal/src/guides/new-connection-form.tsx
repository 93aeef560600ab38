import { useState } from 'react';
import { useCreateConnection } from '../api/connections/connections';
import type { IdentityProvider } from '../api/schema';
import { Button } from '../components/controls/button';
import { Form } from '../components/controls/form';
import { TextField } from '../components/controls/text-field';
import { ProblemNotice } from '../components/display/problem-notice';
import { GUIDE_PAGES } from '../connections/connection-path';
import { useConnectionAccess } from '../session/access';
import { t } from './messages';

interface NewConnectionFormProps {
  readonly identityProvider: IdentityProvider;
  /** The name of the connection, unless the user chooses another. */
  readonly defaultName: string;
  readonly onCreated: (connectionId: string) => void;
}

/** Creates a connection of an identity provider. */
export function NewConnectionForm({ identityProvider, defaultName, onCreated }: NewConnectionFormProps) {
  const { domain } = useConnectionAccess();
  const create = useCreateConnection(domain.domainId);
  const [name, setName] = useState(defaultName);
  const submit = () =>
    create.mutate(
      { name: name.trim(), identityProvider },
      { onSuccess: ({ connectionId }) => onCreated(connectionId) },
    );
  return (
    <Form
      className="form"
      help={GUIDE_PAGES[identityProvider]}
      isPending={create.isPending}
      onSubmit={submit}
    >
      <TextField
        label={t('name')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
        autoComplete="off"
      />
      {create.error && <ProblemNotice error={create.error} />}
      <div>
        <Button type="submit" variant="primary" isPending={create.isPending}>
          {t('createConnection')}
        </Button>
      </div>
    </Form>
  );
}
