import { useState } from 'react';
import { useAddTrust } from '../api/credentials';
import type { Connection } from '../api/schema';
import { Button } from '../components/controls/button';
import { Dialog } from '../components/controls/dialog';
import { Form } from '../components/controls/form';
import { ProblemNotice } from '../components/display/problem-notice';
import { newCredentialName, nonEmptyLines } from '../format/connection';
import { useAnnounce } from '../layout/announcer';
import { useConnectionAccess } from '../session/access';
import { emptyTrust, TrustFields } from './trust-fields';

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
          announce('The workload identity trust was added.');
          onClose();
        },
      },
    );
  return (
    <Dialog title="Add workload identity trust" onClose={onClose} isDismissable={!add.isPending}>
      <Form isPending={add.isPending} onSubmit={submit}>
        <div className="dialog-body">
          <p>
            Your identity provider signs an assertion, and the service checks it against these values. No
            secret is exchanged.
          </p>
          <TrustFields value={input} onChange={setInput} />
          {add.error && <ProblemNotice error={add.error} />}
        </div>
        <footer className="dialog-footer">
          <Button isDisabled={add.isPending} onPress={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={add.isPending}>
            Add trust
          </Button>
        </footer>
      </Form>
    </Dialog>
  );
}
