import { useState } from 'react';
import { useGenerateKey } from '../api/connections/keys';
import type { Connection } from '../api/schema';
import { FormDialog } from '../components/controls/form-dialog';
import { SelectField } from '../components/controls/select-field';
import { TextField } from '../components/controls/text-field';
import { newCredentialName } from '../format/connection';
import { scimUrlValue } from '../format/connection-values';
import { EXPIRIES, type Expiry, expireTime } from '../format/expiry';
import { localDay } from '../format/time';
import { useConnectionAccess } from '../session/access';
import { GeneratedKeyDialog } from './generated-key-dialog';
import { t } from './messages';

interface GenerateKeyDialogProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

/** Asks for a name and an expiry, then shows the key once. */
export function GenerateKeyDialog({ connection, onClose }: GenerateKeyDialogProps) {
  const { domain } = useConnectionAccess();
  const { connectionId } = connection;
  const generate = useGenerateKey(domain.domainId);
  const [name, setName] = useState(newCredentialName(connection));
  const [expiry, setExpiry] = useState<Expiry>('never');
  const [day, setDay] = useState('');
  if (generate.data) {
    const url = scimUrlValue(connection);
    return <GeneratedKeyDialog generated={generate.data} url={url} onClose={onClose} />;
  }
  const submit = () =>
    generate.mutate({
      name: name.trim(),
      expireTime: expireTime(expiry, day, new Date()),
      connectionId,
    });
  return (
    <FormDialog
      title={t('generateScimKey')}
      help="portal.md#a-connection"
      submitLabel={t('generateKey')}
      request={generate}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        description={t('nameKeyListsAuditLog')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
        autoFocus
        autoComplete="off"
      />
      <SelectField label={t('expires')} options={EXPIRIES} value={expiry} onChange={setExpiry} />
      {expiry === 'day' && (
        <TextField
          label={t('lastDay')}
          type="date"
          description={t('keyValidUntilEndDay')}
          value={day}
          onChange={setDay}
          min={localDay(new Date())}
          isRequired
        />
      )}
    </FormDialog>
  );
}
