import { useState } from 'react';
import type { Connection } from '../api/schema';
import { Button } from '../components/controls/button';
import { Notice } from '../components/display/notice';
import { Time } from '../components/display/time';
import { RevokeCredentialDialog } from '../credentials/revoke-credential-dialog';
import { activeCredentials, MAX_ACTIVE_SECRETS } from '../format/connection';
import { useConnectionAccess } from '../session/access';

/** Shows the next step of a rotation while two client secrets are active. */
export function RotationNotice({ connection }: { readonly connection: Connection }) {
  const { mayChange } = useConnectionAccess();
  const [revoking, setRevoking] = useState(false);
  const [old, current] = activeCredentials(connection, 'client-secret').slice(-MAX_ACTIVE_SECRETS);
  if (!old || !current) return null;
  return (
    <>
      <Notice
        tone={current.lastUsedAt ? 'good' : 'info'}
        title={current.lastUsedAt ? 'The new client secret is in use' : 'Two client secrets are active'}
        action={mayChange && <Button onPress={() => setRevoking(true)}>Revoke old secret</Button>}
      >
        {current.lastUsedAt ? (
          <p>
            Last request with it: <Time at={current.lastUsedAt} />. Revoke the old secret to complete the
            rotation.
          </p>
        ) : (
          <p>
            Enter the new secret in your identity provider. When a request with it has arrived, revoke the old
            one.
          </p>
        )}
      </Notice>
      {revoking && (
        <RevokeCredentialDialog connection={connection} credential={old} onClose={() => setRevoking(false)} />
      )}
    </>
  );
}
