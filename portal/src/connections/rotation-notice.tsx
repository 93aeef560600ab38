import { useState } from 'react';
import type { Connection } from '../api/schema';
import { Button } from '../components/controls/button';
import { Notice } from '../components/display/notice';
import { Time } from '../components/display/time';
import { RevokeCredentialDialog } from '../credentials/revoke-credential-dialog';
import {
  activeCredentials,
  MAX_ACTIVE_SECRETS,
  rotationState,
  type RotationState,
} from '../format/connection';
import { useConnectionAccess } from '../session/access';

const NEXT_STEPS: Readonly<Record<RotationState, string>> = {
  waiting: 'Enter the new secret in your identity provider, and wait for a request with it.',
  'in-use':
    'Your identity provider may still hold an access token of the old secret. Revoke the old secret when it has not been ' +
    'used for six hours.',
  done: 'The old secret has not been used for six hours. Revoke it to complete the rotation.',
};

/** Shows the next step of a rotation while two client secrets are active. */
export function RotationNotice({ connection }: { readonly connection: Connection }) {
  const { mayChange } = useConnectionAccess();
  const [revoking, setRevoking] = useState(false);
  const [old, current] = activeCredentials(connection, 'client-secret').slice(-MAX_ACTIVE_SECRETS);
  if (!old || !current) return null;
  const state = rotationState(old, current, new Date());
  return (
    <>
      <Notice
        tone={state === 'done' ? 'good' : 'info'}
        title={current.lastUsedAt ? 'The new client secret is in use' : 'Two client secrets are active'}
        action={mayChange && <Button onPress={() => setRevoking(true)}>Revoke old secret</Button>}
      >
        {current.lastUsedAt && (
          <p>
            Last request with it: <Time at={current.lastUsedAt} />.
            {old.lastUsedAt && (
              <>
                {' '}
                Last request with the old one: <Time at={old.lastUsedAt} />.
              </>
            )}
          </p>
        )}
        <p>{NEXT_STEPS[state]}</p>
      </Notice>
      {revoking && (
        <RevokeCredentialDialog connection={connection} credential={old} onClose={() => setRevoking(false)} />
      )}
    </>
  );
}
