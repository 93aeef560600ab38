import { useState } from 'react';
import { useAddTrust } from '../api/connections/credentials';
import type { Connection } from '../api/schema';
import { FormDialog } from '../components/controls/form-dialog';
import { newCredentialName, nonEmptyLines } from '../format/connection';
import { useAnnounce } from '../layout/announcer';
import { useConnectionAccess } from '../session/access';
import { emptyTrust, TrustFields } from './trust-fields';
import { t } from './messages';

interface AddTrustDialogProps {
  readonly connection: Connection;
  readonly onClose: () => void;
}

export function AddTrustDialog({ connection, onClose }: AddTrustDialogProps) {
  const { domain } = useConnectionAccess();
  const announce = useAnnounce();
  const [input, setInput] = useState(() => emptyTrust(newCredentialName(connection)));
  const add = useAddTrust({ domainId: domain.domainId, connectionId: connection.connectionId });
  const submit = () =>
    add.mutate(
      {
        name: input.name.trim(),
        issuer: input.issuer.trim(),
        jwksUrl: input.jwksUrl.trim(),
        subject: input.subject.trim(),
        audiences: nonEmptyLines(input.audiences),
        tenant: input.tenant.trim() || undefined,
      },
      {
        onSuccess: () => {
          announce(t('workloadIdentityTrustAdded'));
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={t('addWorkloadIdentityTrust')}
      help="portal.md#a-connection"
      submitLabel={t('addTrust')}
      request={add}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('identityProviderSignsAssertionService')}</p>
      <TrustFields value={input} onChange={setInput} />
    </FormDialog>
  );
}
